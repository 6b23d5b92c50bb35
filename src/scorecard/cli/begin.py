"""Begin: the invented council, a council's own workspace, the shell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--seed", type=int, default=1, show_default=True, help="Another number invents other children.")
def demo(folder: Path, seed: int) -> None:
    """Build the invented council's workspace and its November 2021 pack."""
    from scorecard.synthetic import build, write_extract
    from scorecard.work.demo import PACK_MONTH
    from scorecard.work.demo import demo as make

    def write_extracts(wanted: dict[Path, date]) -> Iterator[Path]:
        world = build(seed)
        for extract, day in wanted.items():
            write_extract(world, day, extract)
            yield extract

    with progress() as told:
        made = make(folder, write_extracts, told, produced_on=PACK_MONTH.back(-1).first_day)
    click.echo(f"The pack of {PACK_MONTH.label}: {made.pack.resolve()}")
    click.echo(f"The extract it was made from: {made.extract.resolve()}")
    click.echo("Next, behind a figure:")
    click.echo(f"  python -m scorecard explain cpp_open/2021-11/month_end --workspace {folder}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin a council's own workspace."""
    from scorecard.work.new import new_workspace

    for path in new_workspace(folder):
        click.echo(f"Written: {path}")
    click.echo(f"Next: put your council's name into {folder / 'scorecard.toml'}, then `scorecard check SOURCE`.")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete this command's words."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(context.find_root().command, {}, "scorecard", "_SCORECARD_COMPLETE").source())
