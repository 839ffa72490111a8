"""Start the program: `wsq-huddle`, or `python -I -m wsq_huddle` from any folder."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from wsq_huddle.cli.program import run  # noqa: PLC0415 - `import wsq_huddle.__main__` starts nothing

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
