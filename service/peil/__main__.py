"""The command line: peil demo, serve, worker, migrate, operator, keys, check, answer, openapi, schema."""

import argparse
import asyncio
import re
import sys
from pathlib import Path
from uuid import UUID

import msgspec

from peil.settings import SettingsError

_LONGEST_OVERLAP = 7_776_000


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 when it did what it should, 1 when a check found something, 2 for wrong words or settings."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="peil", description="A headless service for work-stress programmes.")
    commands = parser.add_subparsers(required=True, metavar="command")

    demo = commands.add_parser("demo", help="start everything, play one edition with real answers, keep serving")
    demo.add_argument("--once", action="store_true", help="stop after the picture")
    demo.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    demo.set_defaults(run=_demo)

    serve = commands.add_parser("serve", help="serve the API and the intake, and run the worker")
    serve.add_argument("--part", choices=("all", "api", "intake"), help="only this part (default: PEIL_PART, or all)")
    serve.set_defaults(run=_serve)

    commands.add_parser("worker", help="run the worker alone").set_defaults(run=_worker)

    migrate = commands.add_parser("migrate", help="bring the database to the present schema")
    migrate.add_argument("--phase", choices=("pre", "post", "all"), default="all")
    migrate.set_defaults(run=_migrate)

    _add_operator(commands.add_parser("operator", help="the operator's clients, and employers that need help"))

    _add_keys(commands.add_parser("keys", help="the keys that sign access tokens: list them, rotate them"))

    _add_check(commands.add_parser("check", help="look at a live deployment: keys, settings, grants, what is late"))

    _add_answer(commands.add_parser("answer", help="answer a wave as somebody who is invited"))

    commands.add_parser("openapi", help="print the OpenAPI document").set_defaults(run=_openapi)

    schema = commands.add_parser("schema", help="print a generated schema, or the page of roles")
    schema.add_argument("kind", choices=("graphql", "database", "instrument-pack", "roles"))
    schema.set_defaults(run=_schema)
    return parser


def _add_operator(operator: argparse.ArgumentParser) -> None:
    deeds = operator.add_subparsers(required=True, metavar="what")
    create = deeds.add_parser("create", help="make a client; prints its secret once")
    create.add_argument("name")
    create.set_defaults(run=_create_operator)
    deeds.add_parser("list", help="which there are, and until when their secrets work").set_defaults(
        run=_list_operators
    )
    rotate = deeds.add_parser("rotate", help="give a client a further secret, printed once")
    rotate.add_argument("client", type=UUID, help="its id")
    rotate.add_argument("--overlap", type=_seconds, default=604_800, help="seconds the old one still works (604800)")
    rotate.set_defaults(run=_rotate_operator)
    revoke = deeds.add_parser("revoke", help="end a client, or one of its secrets; within a minute its tokens too")
    revoke.add_argument("client", type=UUID, help="its id")
    revoke.add_argument("--secret", type=UUID, help="only this one of two, by its id")
    revoke.set_defaults(run=_revoke_operator)
    administrator = deeds.add_parser("create-administrator", help="for an employer whose administrator has lost all")
    administrator.add_argument("employer", type=UUID, help="its id")
    administrator.add_argument("name")
    administrator.set_defaults(run=_create_administrator)
    registrations = deeds.add_parser("list-registrations", help="whose people an issuer signs in")
    registrations.add_argument("issuer", help="its URL")
    registrations.set_defaults(run=_list_registrations)
    release = deeds.add_parser("release-issuer", help="take an issuer from an employer that is not its own")
    release.add_argument("employer", type=UUID, help="its id")
    release.add_argument("issuer", type=UUID, help="the id of the registration")
    release.set_defaults(run=_release_issuer)


def _seconds(text: str) -> int:
    # As much as over the API (ClientSecretNew).
    if re.fullmatch(r"[0-9]{1,7}", text) is None or int(text) > _LONGEST_OVERLAP:
        raise argparse.ArgumentTypeError(f"seconds, at most {_LONGEST_OVERLAP}")
    return int(text)


def _add_keys(keys: argparse.ArgumentParser) -> None:
    deeds = keys.add_subparsers(required=True, metavar="what")
    deeds.add_parser("list", help="which sign, since when, and when they vanish").set_defaults(run=_list_keys)
    rotate = deeds.add_parser("rotate", help="make a new key; it signs once everybody can have it")
    rotate.add_argument("--at-once", action="store_true", help="the old ones were seen: every token is void now")
    rotate.set_defaults(run=_rotate_keys)


def _add_answer(answer: argparse.ArgumentParser) -> None:
    answer.add_argument("url", help="where the API is, without a path; with --code and --carried, where the intake is")
    answer.add_argument("--wave", type=UUID, help="its id (default: the first that is open)")
    answer.add_argument("--manifest", type=_sha256, help="SHA-256 of the list of keys, as the invitation's link has it")
    answer.add_argument("--language", choices=("nl", "en"), default="nl")
    answer.add_argument("--folder", type=Path, default=Path.home() / ".local" / "state" / "peil")
    ways = answer.add_mutually_exclusive_group()
    for way, what in (
        ("code", "answer with a code that was handed out or delivered"),
        ("carry", "print the answer token as a link for another device, and answer nothing"),
        ("carried", "answer with such a link"),
    ):
        ways.add_argument(f"--{way}", dest="way", action="store_const", const=way, help=what)
    answer.set_defaults(run=_answer, way="sign-in")


def _sha256(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{64}", text.lower()) is None:
        raise argparse.ArgumentTypeError("64 hexadecimal digits")
    return text.lower()


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("--json", action="store_true", help="for machines")
    check.set_defaults(run=_check)
    parts = check.add_subparsers(metavar="what")
    audit = parts.add_parser("audit", help="recompute the chain of the audit trail, in the database or in exports")
    audit.add_argument(
        "exports", nargs="*", metavar="EXPORT.ndjson", help="NDJSON of /v1/audit/export; no database then"
    )
    audit.add_argument("--json", action="store_true", help="for machines; of the database")
    audit.set_defaults(run=_check_audit)
    anonymity = parts.add_parser(
        "anonymity", help="have a synthetic employer answer, and try to link answers to people; prints a report"
    )
    anonymity.add_argument("--json", action="store_true", help="for machines")
    anonymity.add_argument("--prove", action="store_true", help="on a throw-away server, with leaks planted on purpose")
    anonymity.add_argument(
        "--mode", choices=("blind", "handout", "split"), default="blind", help="how people answer (blind)"
    )
    anonymity.add_argument("--people", type=int, default=800, help="how many answer, at least 200 (800)")
    anonymity.add_argument("--intake", metavar="URL", help="the running intake (default: one started by the check)")
    anonymity.add_argument("--log", type=Path, action="append", default=[], help="a log to look through; repeat it")
    anonymity.add_argument("--wal", type=Path, metavar="DIRECTORY", help="PostgreSQL's pg_wal, where it can be read")
    anonymity.add_argument("--report", type=Path, metavar="FILE", help="where to write the report")
    anonymity.set_defaults(run=_check_anonymity)


# Commands import what they need: `peil openapi` must not wait for a server, nor `peil serve` for the demo.


def _demo(chosen: argparse.Namespace) -> int:
    from peil.demo.play import play

    return play(once=chosen.once, port=chosen.port)


def _serve(chosen: argparse.Namespace) -> None:
    import os

    from peil import server, settings

    if chosen.part:
        # The server's own process reads the settings again.
        os.environ["PEIL_PART"] = chosen.part
    server.serve(settings.read())


def _worker(_: argparse.Namespace) -> None:
    import uvloop

    from peil import server, settings

    uvloop.run(server.work(settings.read()))


def _migrate(chosen: argparse.Namespace) -> None:
    from peil import bootstrap, settings

    for name in asyncio.run(bootstrap.migrate(settings.read().database_url_owner, chosen.phase)):
        sys.stdout.write(f"{name}\n")


def _create_operator(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.create(chosen.name)


def _list_operators(_: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.list_clients()


def _rotate_operator(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.rotate(chosen.client, chosen.overlap)


def _revoke_operator(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.revoke(chosen.client, chosen.secret)


def _create_administrator(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.create_administrator(chosen.employer, chosen.name)


def _list_registrations(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.list_registrations(chosen.issuer)


def _release_issuer(chosen: argparse.Namespace) -> int:
    from peil import operator_command

    return operator_command.release_issuer(chosen.employer, chosen.issuer)


def _list_keys(_: argparse.Namespace) -> int:
    from peil.keys import command

    return command.list_keys()


def _rotate_keys(chosen: argparse.Namespace) -> int:
    from peil.keys import command

    return command.rotate(at_once=chosen.at_once)


def _check(chosen: argparse.Namespace) -> int:
    from peil.checks import command

    return command.check(as_json=chosen.json)


def _check_audit(chosen: argparse.Namespace) -> int:
    from peil.checks import command

    return command.check_audit(chosen.exports, as_json=chosen.json)


def _check_anonymity(chosen: argparse.Namespace) -> int:
    from peil.checks import command
    from peil.checks.anonymity.examining import FEWEST
    from peil.checks.anonymity.watching import Sources

    if chosen.people < FEWEST or chosen.people % 2:
        sys.stderr.write(f"--people: an even number, at least {FEWEST}\n")
        return 2
    return command.check_anonymity(
        command.Wanted(
            people=chosen.people,
            mode=chosen.mode,
            proving=chosen.prove,
            intake_url=chosen.intake,
            sources=Sources(logs=tuple(chosen.log), wal=chosen.wal),
            report=chosen.report,
            as_json=chosen.json,
        )
    )


def _answer(chosen: argparse.Namespace) -> int:
    from peil.answering import terminal

    return terminal.answer(
        terminal.Wanted(
            chosen.url.rstrip("/"), chosen.way, chosen.wave, chosen.manifest, chosen.language, chosen.folder
        )
    )


def _openapi(_: argparse.Namespace) -> None:
    from peil.openapi.document import document

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n")


def _schema(chosen: argparse.Namespace) -> None:
    if chosen.kind == "graphql":
        from peil.api import FIELDS
        from peil.graphql.schema import create_schema

        sys.stdout.write(create_schema(FIELDS).as_str() + "\n")
    elif chosen.kind == "database":
        from peil import bootstrap

        sys.stdout.write(bootstrap.print_database_schema())
    elif chosen.kind == "roles":
        from peil.api import ENDPOINTS
        from peil.openapi.roles import roles_page

        sys.stdout.write(roles_page(ENDPOINTS))
    else:
        from peil.openapi.published import published_schema

        sys.stdout.write(published_schema(chosen.kind))


if __name__ == "__main__":
    sys.exit(main())
