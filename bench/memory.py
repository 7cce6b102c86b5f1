"""Run as a program: loads a register file into an empty database of its own and prints its peak memory in MB."""

import sys
import tempfile
from pathlib import Path

from bench.environment import set_up


def peak() -> float:
    """The most memory that this process has held, in MB, as the kernel counts it."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


def main(file: Path) -> None:
    """Load it, then print."""
    with tempfile.TemporaryDirectory(prefix="pins-bench-") as folder:
        set_up(Path(folder))
        from schools.register.importing import import_register

        import_register(file=file)
    print(peak())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
