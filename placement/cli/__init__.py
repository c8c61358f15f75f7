"""The command line: thin doors over the rules, one module per kind of work; setup.cfg lists the commands by name."""

from placement.cli.group import IeumGroup


def main() -> None:
    """`ieum`: every command of setup.cfg's list over one app made from the environment."""
    IeumGroup().main()
