"""The command line: thin doors over the rules, one module per kind of work. The names stay as the papers say them."""

from placement.app import create_app
from placement.cli import data, figures, matches, running
from placement.cli.group import IeumGroup

COMMANDS = (
    data.init,
    data.demo,
    data.import_file,
    data.user,
    matches.match,
    matches.suggest,
    matches.why,
    matches.skills,
    figures.show_rates,
    running.serve,
    running.worker,
    running.clock,
    running.start,
)


def main() -> None:
    """`ieum`: every command over one app made from the environment."""
    group = IeumGroup(create_app=create_app)
    for command in COMMANDS:
        group.add_command(command)
    group.main()
