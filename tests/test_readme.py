"""What the README says about the code stands in the code."""

import re
from pathlib import Path

from support.house import Employer

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^( *)```python\n +# (\S+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def quoted() -> list[tuple[str, str]]:
    """File and quoted code of each block, without the indentation of its list."""
    return [
        (path, "\n".join(line.removeprefix(indent) for line in code.splitlines()))
        for indent, path, code in _BLOCK.findall(README)
    ]


def test_quoted_code_is_the_code() -> None:
    """Every block of the README that names a file stands in it, to the letter but for its own indentation."""
    wrong = [path for path, code in quoted() if _lines(code) not in _lines((ROOT / path).read_text(encoding="utf-8"))]

    assert (6, []) == (len(quoted()), wrong)


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def test_named_files_exist() -> None:
    """Every path that the README names is there."""
    folders = "service|migrations|openapi|schema|deploy|tests|docs"
    named = re.findall(rf"`((?:{folders})/[^`\s]*)`|\]\(([^)h][^)]*)\)", README)
    missing = [path for pair in named for path in pair if path and not (ROOT / path).exists()]

    assert [] == missing


async def test_the_resource_works(employer: Employer) -> None:
    """The resource of the section is created, read, changed and deleted as the section says."""
    hr = await employer.client("hr")
    new = {"kind": "confidential-adviser", "name": "Jo de Vries", "contact": "tel:+31201234567"}
    created = await hr.post("/support-routes", new)
    path = f"/support-routes/{created.json()['supportRouteId']}"
    changed = await hr.patch(path, {"contact": "jo@voorbeeld.invalid"}, created.headers["etag"])
    gone = await hr.delete(path, changed.headers["etag"])
    after = await hr.get(path)

    assert (201, 200, 204, 404) == (created.status_code, changed.status_code, gone.status_code, after.status_code)
    assert "jo@voorbeeld.invalid" == changed.json()["contact"]
