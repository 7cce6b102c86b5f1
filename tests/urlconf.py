"""Every address of the product, for the tests that walk them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

ADMIN = "admin"
"""Django's own admin counts as one address."""

_EXAMPLES = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": UUID(int=1)}
_UNNAMED_EXAMPLE = "1"


@dataclass(frozen=True)
class Address:
    """One named pattern, with example arguments that reverse it (they name nothing that exists)."""

    name: str
    example: dict[str, object]

    def path(self, **arguments: object) -> str:
        """Its path with these arguments, or with the examples."""
        name = "admin:index" if self.name == ADMIN else self.name
        return reverse(name, kwargs=arguments or self.example)


def addresses() -> list[Address]:
    """All of them; a pattern without a name fails, since nobody could list it."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, outer: dict[str, object]
) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name == ADMIN:
                yield Address(ADMIN, {})
                continue
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, inner, outer | _example(pattern))
        else:
            assert pattern.name, f"The pattern {pattern.pattern} has no name."
            yield Address(prefix + pattern.name, outer | _example(pattern))


def _example(pattern: URLPattern | URLResolver) -> dict[str, object]:
    converters = pattern.pattern.converters
    if converters:
        return {
            name: _EXAMPLES[
                type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            ]
            for name, converter in converters.items()
        }
    groups = getattr(pattern.pattern, "regex", None)
    return dict.fromkeys(groups.groupindex, _UNNAMED_EXAMPLE) if groups is not None else {}
