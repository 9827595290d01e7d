"""A group of commands that says which one was meant where a name is mistyped."""

from __future__ import annotations

import click

__all__ = ["SuggestingGroup"]


class SuggestingGroup(click.Group):
    """A group that names the nearest of its commands in the error about one that it does not have."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first of `args` names, as click does."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            if near := difflib.get_close_matches(args[0], self.list_commands(ctx), n=1):
                msg = f"{error.message.rstrip('.')}; did you mean {near[0]!r}?"
                raise click.UsageError(msg, ctx) from None
            raise
