"""A group of verbs, one file each, of which only the one that is asked for is loaded."""

from __future__ import annotations

import importlib

import click

from yosan_xl.cli.help_page import Context

OPTIONS = "[指定]"


class Verbs(click.Group):
    """Loads a verb only when it is asked for, so that start-up stays short."""

    context_class = Context
    package = ""
    verbs: tuple[str, ...] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in the order of the work."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give the command of a verb, None for another word."""
        if cmd_name not in self.verbs:
            return None
        command: click.Command = importlib.import_module(f"{self.package}.{cmd_name}").command
        command.context_class = Context
        command.options_metavar = OPTIONS
        command.short_help = (command.help or "").partition("。")[0] + "。"
        return command
