"""``download``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from geoconflict.cli.output import fail, printed_errors, quiet_option
from geoconflict.cli.overwriting import check_writes
from geoconflict.visible import visible

_day = click.DateTime(formats=["%Y-%m-%d"])


@click.command("download")
@click.argument("service", type=click.Choice(["acled", "ucdp"]))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The .json file to write.")
@click.option("--since", type=_day, help="First day.")
@click.option("--until", type=_day, help="Last day.")
@click.option(
    "--country",
    "countries",
    multiple=True,
    help="Only this country; may be repeated. ACLED: its own name; UCDP: ISO 3166-1 alpha-3.",
)
@click.option("--release", help="UCDP: the release, 26.1 of a year or 26.0.3 of the candidates of a month.")
@quiet_option
@printed_errors
def download_command(
    service: str,
    out: Path,
    since: dt.datetime | None,
    until: dt.datetime | None,
    countries: tuple[str, ...],
    release: str | None,
    *,
    quiet: bool,
) -> None:
    """Download events of ACLED or UCDP, with an account of your own, as they are.

    ACLED takes the e-mail and password of your account from the environment variables ACLED_EMAIL and ACLED_PASSWORD, UCDP
    a token from UCDP_ACCESS_TOKEN. The file is read by `geoconflict convert --from acled` or `--from ucdp`. The terms of the
    service hold: ACLED's do not allow passing rows on.

    \b
    Examples:
      geoconflict download ucdp --release 26.1 --country AZE --since 2020-09-01 --out ged.json
      geoconflict download acled --country Azerbaijan --since 2020-09-01 --until 2020-12-31 --out acled.json
    """
    check_writes({"--out": out})
    say = (lambda _: None) if quiet else (lambda line: click.echo(visible(line), err=True))
    first, last = since.date() if since else None, until.date() if until else None
    if service == "acled":
        from geoconflict.data_services.acled import download_acled

        if release:
            fail("--release is for UCDP; ACLED has one living data set")
        done = download_acled(out, since=first, until=last, countries=countries, say=say)
    else:
        from geoconflict.data_services.ucdp import download_ucdp

        if not release:
            fail("UCDP needs --release: 26.1 of a year, or 26.0.3 of the candidates of a month")
        done = download_ucdp(out, version=release, since=first, until=last, countries=countries, say=say)
    if not quiet:
        click.echo(f"{done.path}: {done.n_rows} events, {done.n_pages} pages")
