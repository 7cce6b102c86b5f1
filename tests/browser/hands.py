"""The two ways to work a page: with a finger or a mouse, and with nothing but a keyboard."""

from typing import Protocol

from playwright.sync_api import Locator

MOST_TABS = 250
"""More than any page has controls: whoever has to press Tab more often goes round in a circle."""
SEES_WHERE = """element => {
  const shown = [getComputedStyle(element)];
  for (const label of element.labels ?? []) shown.push(getComputedStyle(label, "::before"));
  const {top, bottom} = element.getBoundingClientRect();
  const isMarked = one => parseFloat(one.outlineWidth) > 0 && one.outlineStyle !== "none" || one.boxShadow !== "none";
  return element.matches(":focus-visible") && shown.some(isMarked) && bottom > 0 && top < window.innerHeight;
}"""
IS_HERE = "element => element === document.activeElement"
IN_ITS_GROUP = "element => element.type === 'radio' && document.activeElement.name === element.name"


class Hands(Protocol):
    """What a journey does on a page."""

    def press(self, target: Locator) -> None:
        """Press a link or a button that leads to another page, and wait for that."""

    def choose(self, target: Locator) -> None:
        """Choose a radio button, or tick a box."""

    def write(self, target: Locator, words: str) -> None:
        """Write into a box instead of what stands there."""

    def select(self, target: Locator, option: str) -> None:
        """Choose from a list."""


class Finger:
    """A finger or a mouse."""

    def press(self, target: Locator) -> None:
        """Touch it."""
        with target.page.expect_navigation():
            target.click()

    def choose(self, target: Locator) -> None:
        """Touch it."""
        target.check()

    def write(self, target: Locator, words: str) -> None:
        """Fill it."""
        target.fill(words)

    def select(self, target: Locator, option: str) -> None:
        """Choose it."""
        target.select_option(option)


class Keyboard:
    """Tab and Enter, the space bar and the arrows; asks at each stop that the focus can be seen."""

    def press(self, target: Locator) -> None:
        """Go there, then Enter."""
        self._go_to(target)
        with target.page.expect_navigation():
            target.page.keyboard.press("Enter")

    def choose(self, target: Locator) -> None:
        """Go there, by the arrows inside a group of radio buttons, then the space bar."""
        self._go_to(target)
        if not target.is_checked():
            target.page.keyboard.press("Space")
        assert target.is_checked()

    def write(self, target: Locator, words: str) -> None:
        """Go there and type."""
        self._go_to(target)
        target.page.keyboard.press("Control+A")
        target.page.keyboard.type(words)

    def select(self, target: Locator, option: str) -> None:
        """Go there and type what it is called."""
        self._go_to(target)
        target.page.keyboard.type(option)

    def _go_to(self, target: Locator) -> None:
        target.wait_for()
        keyboard = target.page.keyboard
        for _ in range(MOST_TABS):
            if target.evaluate(IS_HERE):
                break
            keyboard.press("ArrowDown" if target.evaluate(IN_ITS_GROUP) else "Tab")
        else:
            raise AssertionError(f"No keyboard comes to {target}.")
        assert target.evaluate(SEES_WHERE), f"The focus on {target} cannot be seen."
