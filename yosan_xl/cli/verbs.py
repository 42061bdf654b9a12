"""Verbs, one file each, of which only the one that is asked for is loaded; and groups of verbs."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from types import MappingProxyType
from typing import Any

import click

OPTIONS = "[指定]"

DASHES = "\u2010-\u2015\u2212\u2500\u2501ー"
"""What Japanese input and Word write for a hyphen, beside those that NFKC folds."""


QUOTES = " \t\u3000\u201c\u201d\u2018\u2019\uff02"
_OPTION = re.compile(r"--?[A-Za-z][A-Za-z-]*([=\s].*)?")


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


def plain_word(word: str) -> str:
    """Return a word of the command line in half-width letters, with an option's two hyphens (or one before a letter)."""
    from unicodedata import normalize  # who types it right needs none

    plain = re.sub(f"[{DASHES}]", "-", normalize("NFKC", word).strip(QUOTES))
    is_long = plain != word and re.match("-+[^-=\\s]{2}", plain)
    return "--" + plain.lstrip("-") if is_long else plain


def _is_mistyped(word: str) -> bool:
    """Return whether a word is an option but for its dashes, or a file but for blanks and quotes; a file may be called so."""
    if word.isascii():
        return False
    from pathlib import Path

    plain = plain_word(word)
    is_option = not word[:2].isascii() and _OPTION.fullmatch(plain)
    is_file = plain != word and plain == word.strip(QUOTES) and Path(plain).exists()
    return bool(is_option or is_file) and not Path(word).exists()


def _refuse_mistyped(words: Sequence[str], context: click.Context) -> None:
    """Raise NoSuchOption for an option with other dashes, or one hyphen before its name (-due)."""
    known = [option for parameter in context.command.params for option in parameter.opts]
    for word in takewhile(lambda word: word != "--", words):
        if _is_mistyped(word) or f"-{word.partition('=')[0]}" in known:
            raise click.NoSuchOption(word, possibilities=known, ctx=context)


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
        verb, command, rest = super().resolve_command(ctx, args)
        if command and not isinstance(command, click.Group):
            _refuse_mistyped(rest, self.context_class(command, parent=ctx, info_name=verb))
        return verb, command, rest


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
