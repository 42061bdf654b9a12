"""Verbs, one file each, of which only the one that is asked for is loaded; and groups of verbs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import click

OPTIONS = "[指定]"


class Context(click.Context):
    """Every help page of ours is written by our `Formatter`."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the writer of a help page."""
        from yosan_xl.cli.help_page import Formatter  # who works prints none

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class _Verb(click.Command):
    """A verb of a `VerbGroup`."""

    context_class = Context

    def __init__(self, *args: Any, **options: Any) -> None:
        """Make the command; its options are called `[指定]`."""
        super().__init__(*args, **{"options_metavar": OPTIONS, **options})


class NoSuchVerb(click.UsageError):
    """A word that is none of the `known` verbs."""

    def __init__(self, word: str, known: Sequence[str], context: click.Context) -> None:
        """Keep the word as it was typed."""
        super().__init__(word, context)
        self.word, self.known = word, known


class _Group(click.Group):
    """Says which word is no verb, and which there are."""

    context_class = Context

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is called; raise NoSuchVerb."""
        word = args[0]
        is_known = word.startswith("-") or self.get_command(ctx, word) is not None
        if not is_known and not ctx.resilient_parsing:
            raise NoSuchVerb(word, self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)


class VerbGroup(_Group):
    """A verb with verbs of its own, which stand in its file."""

    command_class = _Verb

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        return list(self.commands)


class Verbs(_Group):
    """Loads a verb only when it is asked for, so that start-up stays short.

    `verbs` says of each in one sentence what it does: the list of them needs none of their files.
    The `help` in a verb's file goes on from there.
    """

    package = ""
    verbs: Mapping[str, str] = MappingProxyType({})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        return list(self.verbs)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.verbs.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, None for another word."""
        does = self.verbs.get(cmd_name)
        return None if does is None else _loaded(_module(self.package, cmd_name), does)


def _module(package: str, verb: str) -> str:
    return f"{package}.{verb.replace('-', '_')}"


@cache
def _loaded(module: str, does: str) -> click.Command:
    """Load the file of a verb, once: its help is put together here."""
    command: click.Command = importlib.import_module(module).command
    command.context_class = Context
    command.options_metavar = OPTIONS
    command.short_help = does
    command.help = does + (command.help or "")
    return command
