"""What the sources never do: ask the database for the time, build SQL from values, import the source root."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "service").rglob("*.py"))

_SQL = re.compile(r"\W*(select|insert|update|delete|with|set|notify|listen|lock|begin)\b|\s*-- ", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\("
    r"|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b",
    re.IGNORECASE,
)


NAMED_BY_THE_CATALOGUE = {"catalogue.py", "orders.py", "removal.py"}
"""Files of `peil check` that ask every table there is: no parameter can stand for a name, and no caller gives one."""


_EQUALITY = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
_SECRET = re.compile(r"(?:\w*_)?(?:secrets?|passwords?|tokens?|signatures?|(?:hex)?digests?|token_hash|hmac|macs?|jti)")

NOT_SECRET = {
    "answering/client.py": {"sha256(manifest).hexdigest() != manifest_sha256": "a manifest is public"},
    "demo/crowd.py": {
        "sha256(manifest).hexdigest() != told": "a manifest is public",
        "self._announced[told].get(wave['keyId']) != digest": "a manifest is public",
    },
    "disclosure/verify_release.py": {
        "sha256(bundle['content.json']).hexdigest() != manifest['statistics']": "a release is public",
        "sha256(bundle['tree.json']).hexdigest() == manifest['tree'] == content['tree']": "a release is public",
        "sha256(unsigned).hexdigest() != manifest['hash']": "a release is public",
    },
    "participation/answer_tokens.py": {
        "line.blinded_digest not in (None, digest)": "whoever is asked sends it, and it is of use to nobody else"
    },
    "responses/writer.py": {
        "submission.token_hash in groups": "looked up by its hash, which nobody can choose bit by bit",
        "submission.token_hash in written": "looked up by its hash, which nobody can choose bit by bit",
    },
}
"""Comparisons of what only sounds secret, and why it is not."""


def clocks(text: str) -> Iterator[str]:
    """Texts of a module, its docstrings left out, that ask PostgreSQL for the time."""
    tree = ast.parse(text)
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        # A single word is no SQL: it may be the name of something else.
        if isinstance(node, ast.Constant) and " " in str(node.value) and id(node) not in prose:
            yield from (found.group() for found in _CLOCK.finditer(str(node.value)))


def interpolations(text: str) -> Iterator[str]:
    """What a module puts into the text of SQL, unless it is a constant of the module or a UUID made from a number."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr) and _SQL.match(_start(node)):
            for part in node.values:
                if isinstance(part, ast.FormattedValue) and not _is_harmless(part.value):
                    yield ast.unparse(part.value)


def _start(node: ast.JoinedStr) -> str:
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _is_harmless(value: ast.expr) -> bool:
    if isinstance(value, ast.Name):
        return value.id.isupper()
    return ast.unparse(value) in ("UUID(int=employer_id.int)", "UUID(int=vendor_id.int)")


def comparisons(text: str) -> Iterator[str]:
    """Where something secret, or a hash of it, is compared in a time that says how much of it was right."""
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Compare) and any(isinstance(one, _EQUALITY) for one in node.ops)):
            continue
        if any(_SECRET.fullmatch(_last_name(one)) for one in (node.left, *node.comparators)):
            yield ast.unparse(node)


def _last_name(value: ast.expr) -> str:
    if isinstance(value, ast.Call):
        return _last_name(value.func)
    if isinstance(value, ast.Attribute):
        return value.attr
    return value.id if isinstance(value, ast.Name) else ""


def imports(text: str) -> Iterator[str]:
    """Modules that are imported from the source root as if it were a package."""
    for node in ast.walk(ast.parse(text)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        yield from (name for name in names if name.partition(".")[0] == "service")


@pytest.mark.parametrize("find", [clocks, interpolations, imports])
def test_no_source_does(find: object) -> None:
    """No module of the package has any of it."""
    assert callable(find)
    asked = [
        path
        for path in SOURCES
        if not (
            find is interpolations
            and path.parent.name in ("checks", "anonymity")
            and path.name in NAMED_BY_THE_CATALOGUE
        )
    ]
    assert [] == [f"{path.name}: {found}" for path in asked for found in find(path.read_text(encoding="utf-8"))]
    assert len(asked) > 50


def test_secrets_are_compared_in_constant_time() -> None:
    """By `hmac.compare_digest`, everywhere; what only sounds like a secret is named above, and stands there still."""
    package = ROOT / "service" / "peil"
    found = {
        str(path.relative_to(package)): set(comparisons(path.read_text(encoding="utf-8")))
        for path in package.rglob("*.py")
    }

    assert {name: set(known) for name, known in NOT_SECRET.items()} == {
        name: some for name, some in found.items() if some
    }


def test_no_migration_asks_for_the_time() -> None:
    """Nor has a column a default that does."""
    texts = [re.sub(r"--.*|'[^']*'", "", path.read_text()) for path in sorted((ROOT / "migrations").glob("*.sql"))]

    assert [] == [found.group() for text in texts for found in _CLOCK.finditer(text)]


@pytest.mark.parametrize(
    ("find", "text", "finding"),
    [
        (clocks, 'X = "update a set b = NOW ()"', "NOW ("),
        (clocks, 'X = f"select {Y} where a < current_date"', "current_date"),
        (interpolations, 'rows.execute(f"select {name} from a")', "name"),
        (interpolations, 'rows.execute(f"-- a\\nselect {_A} {call.id}")', "call.id"),
        (imports, "from service.peil import errors", "service.peil"),
        (imports, "import service", "service"),
        (comparisons, "if secret == kept: pass", "secret == kept"),
        (comparisons, "x = kept.digest != sha256(given).digest()", "kept.digest != sha256(given).digest()"),
        (comparisons, "x = token in known", "token in known"),
        (comparisons, "x = row.client_secret == form['client_secret']", "row.client_secret == form['client_secret']"),
    ],
)
def test_each_is_found(find: object, text: str, finding: str) -> None:
    """The searches above can fail."""
    assert callable(find)
    assert [finding] == list(find(text))
