"""Release bundles, and the program that verifies them offline: right on a real one, wrong on each that was changed."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import msgspec
import pytest

from anonymity.asking import owner
from cases.measuring import Round
from disclosure.test_verifier import PLANTED
from peil.database import Rows
from peil.disclosure import verify_release
from peil.disclosure.files import VERIFIER
from peil.disclosure.queries import select_manifests, select_written
from peil.migrations import get_directory
from peil.releases.model import WrittenPart
from peil.releases.queries import insert_written
from peil.rest import ZIP
from peil.structs import encode
from support.apis import Rest
from support.bundles import Files, Forged, as_json, found_in
from support.house import Persona


async def bundle_of(persona: Persona, wave_id: str) -> bytes:
    response = await persona.get(f"/waves/{wave_id}/release/bundle")
    assert response.status_code == 200, response.text
    return response.content


def unpacked(archive: bytes) -> Files:
    with ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: Files, to: Path) -> Path:
    with ZipFile(to, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return to


@pytest.fixture(scope="session")
async def files(released: Round) -> Files:
    """The bundle of the second release of an employer."""
    return unpacked(await bundle_of(released.cast.works_council, released.wave_id))


async def test_a_bundle_is_the_same_bytes_each_time(released: Round) -> None:
    """For whoever may have it, with a tag, as a file."""
    first = await released.cast.works_council.get(f"/waves/{released.wave_id}/release/bundle")
    second = await bundle_of(released.cast.hr, released.wave_id)

    assert first.content == second
    assert (ZIP, 'attachment; filename="peil-release-2.zip"') == (
        first.headers["content-type"],
        first.headers["content-disposition"],
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_real_bundle_verifies_by_itself(files: Files, tmp_path: Path, language: str) -> None:
    """The program in it, run by a bare Python away from everything, says so and ends with 0."""
    packed(files, tmp_path / "release.zip")
    (tmp_path / "verify.py").write_bytes(files["verify_release.py"])

    ran = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "release.zip", "--language", language],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={},
    )

    manifest = json.loads(files["chain.ndjson"].splitlines()[-1])
    assert (0, "") == (ran.returncode, ran.stderr)
    assert {"nl": "KLOPT: 2 vrijgaven", "en": "RIGHT: 2 releases"}[language] in ran.stdout
    assert manifest["hash"] in ran.stdout


async def test_a_bundle_is_what_was_hashed(released: Round, files: Files) -> None:
    """Its figures and its organisation have the hashes that the release tells."""
    release = (await released.cast.hr.get(f"/waves/{released.wave_id}/release")).json()

    assert release["manifest"]["statistics"] == sha256(files["content.json"]).hexdigest()
    assert release["manifest"]["tree"] == sha256(files["tree.json"]).hexdigest()
    assert encode(release["manifest"]) == encode(json.loads(files["chain.ndjson"].splitlines()[-1]))


async def test_a_release_verifies_whatever_a_later_version_writes(
    released: Round, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told byte for byte as it was hashed, though another version has its fields in another order."""

    def in_another_order(value: object) -> bytes:
        return msgspec.json.encode(value, order="sorted")

    assert in_another_order(json.loads(files["content.json"])) != files["content.json"]
    for name, module in list(sys.modules.items()):
        if name.startswith("peil.") and hasattr(module, "encode"):
            monkeypatch.setattr(module, "encode", in_another_order)

    later = unpacked(await bundle_of(released.cast.works_council, released.wave_id))

    assert set() == found_in(later)
    assert {name for name in files if files[name] != later[name]} <= {"scoring.json"}


async def test_a_large_release_is_kept_in_pieces(
    released: Round, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are put together again in their order; the transaction is taken back."""
    wave_id, employer_id = UUID(released.wave_id), released.cast.employer.employer_id
    chain = files["chain.ndjson"].splitlines()
    monkeypatch.setattr("peil.releases.queries._PIECE_BYTES", 700)
    async with owner(released.cast.house) as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("delete from release.written where wave_id = $1", wave_id)
        parts = [WrittenPart("manifest", chain[-1]), WrittenPart("content", files["content.json"])]
        await insert_written(Rows(connection), employer_id, wave_id, parts)
        pieces = await connection.fetchval("select max(piece) from release.written where part = 'content'")

        content = await select_written(Rows(connection), employer_id, wave_id, "content")
        manifests = await select_manifests(Rows(connection), employer_id, wave_id)
        await transaction.rollback()

    assert pieces > 10
    assert files["content.json"] == content
    assert chain == manifests


async def test_every_kind_of_figure_is_in_a_bundle_as_it_was_hashed(scanned: Round) -> None:
    """Choices and sensitive items too, in the order in which they were counted."""
    files = unpacked(await bundle_of(scanned.cast.works_council, scanned.wave_id))
    release = (await scanned.cast.hr.get(f"/waves/{scanned.wave_id}/release")).json()

    content = json.loads(files["content.json"])
    assert release["manifest"]["statistics"] == sha256(files["content.json"]).hexdigest()
    assert set() == found_in(files)
    assert all(one["distributions"]["atoms"] for one in content["blocks"] + content["choices"])
    assert [1, 1, 1] == [len(item["atoms"]) for item in content["sensitive"]]


def test_the_forger_of_these_tests_changes_nothing_by_itself(files: Files) -> None:
    """What is signed again without a change is the same bundle; so a finding below is of its change."""
    assert files == Forged(files).signed()
    assert set() == found_in(files)


def _root_mean(forged: Forged) -> None:
    forged.unit("root")["blocks"][forged.content["blocks"][0]["key"]]["mean"] += 0.01


def _item_mean(forged: Forged) -> None:
    cell = forged.unit("field")["blocks"][forged.content["blocks"][0]["key"]]
    cell["items"] = {key: value + 1 for key, value in cell["items"].items()}


def _interval(forged: Forged) -> None:
    forged.unit("root")["blocks"][forged.content["blocks"][0]["key"]]["climate"] = {"low": 1.0, "high": 99.0}


def _response(forged: Forged) -> None:
    forged.unit("sales")["response"]["respondents"] += 1


def _warning(forged: Forged) -> None:
    forged.unit("sales")["response"]["warnings"] = ["low-response"]


def _unprotected(forged: Forged) -> None:
    forged.unit("care")["response"] = forged.unit("field")["response"]


def _small_atom(forged: Forged) -> None:
    for atom in forged.content["response"]["atoms"]:
        atom["respondents"] = 6


def _small_block_atom(forged: Forged) -> None:
    forged.content["blocks"][0]["atoms"][0]["n"] = 6


def _unclipped(forged: Forged) -> None:
    forged.content["blocks"][0]["atoms"][0]["steps"] = dict.fromkeys(
        forged.content["blocks"][0]["atoms"][0]["steps"], 0
    )


def _other_unit(forged: Forged) -> None:
    forged.content["blocks"][0]["published"].append(forged.unit("care")["unitId"])


def _atom_twice(forged: Forged) -> None:
    forged.content["blocks"][0]["atoms"] *= 2


def _low_floor(forged: Forged) -> None:
    forged.content["thresholds"]["kM"] = 5


def _high_threshold(forged: Forged) -> None:
    forged.content["thresholds"]["kC"] = 40


def _fewer_invited(forged: Forged) -> None:
    forged.tree[1][0][1] = 6


def _as_few_invited(forged: Forged) -> None:
    for group in forged.tree[1]:
        group[1] = 7


def _hidden_unit(forged: Forged) -> None:
    forged.content["response"]["published"].remove(forged.unit("field")["unitId"])


def _moved_unit(forged: Forged) -> None:
    forged.tree[0].reverse()


def _renamed_unit(forged: Forged) -> None:
    forged.unit("care")["name"] = "Care"


def _lost_unit(forged: Forged) -> None:
    forged.content["units"].pop()


def _lost_block(forged: Forged) -> None:
    forged.content["blocks"].pop()


def _other_scale(forged: Forged) -> None:
    forged.scoring["blocks"][0]["items"][0]["points"] += 1


def _made_up_spread(forged: Forged) -> None:
    forged.content["blocks"][0]["spread"] = {"sd": 20.0, "degrees": 29, "bound": False}


def _same_wave(forged: Forged) -> None:
    forged.chain.insert(0, dict(forged.chain[-1]))


SIGNED: dict[Callable[[Forged], None], str] = {
    _root_mean: "figure",
    _item_mean: "figure",
    _interval: "figure",
    _response: "figure",
    _warning: "figure",
    _unprotected: "figure",
    _small_atom: "small-atom",
    _small_block_atom: "small-atom",
    _unclipped: "not-protected",
    _other_unit: "not-nested",
    _atom_twice: "unknown-unit",
    _low_floor: "below-floor",
    _high_threshold: "not-rising",
    _fewer_invited: "small-group",
    _as_few_invited: "too-many",
    _hidden_unit: "atom-not-published",
    _moved_unit: "not-a-tree",
    _renamed_unit: "units-differ",
    _lost_unit: "units-differ",
    _lost_block: "blocks-differ",
    _other_scale: "figure",
    _made_up_spread: "spread",
    _same_wave: "wave-twice",
}


@pytest.mark.parametrize("change", SIGNED, ids=lambda change: change.__name__.strip("_"))
def test_a_change_that_was_signed_again_is_found(files: Files, change: Callable[[Forged], None]) -> None:
    """All hashes are right, for there is no secret in them; the figures do not fit, or a rule is broken."""
    forged = Forged(files)
    change(forged)

    assert SIGNED[change] in found_in(forged.signed())


def _changed_byte(files: Files) -> Files:
    return files | {"content.json": files["content.json"].replace(b'"name":"care"', b'"name":"core"')}


def _changed_tree(files: Files) -> Files:
    return files | {"tree.json": files["tree.json"].replace(b'"name":"care"', b'"name":"core"')}


def _missing_link(files: Files) -> Files:
    return files | {"chain.ndjson": files["chain.ndjson"].splitlines(keepends=True)[1]}


def _reordered(files: Files) -> Files:
    return files | {"chain.ndjson": b"".join(files["chain.ndjson"].splitlines(keepends=True)[::-1])}


def _changed_link(files: Files) -> Files:
    first, last = files["chain.ndjson"].splitlines(keepends=True)
    return files | {"chain.ndjson": first.replace(b'"kM":7', b'"kM":8') + last}


def _changed_manifest(files: Files) -> Files:
    forged = Forged(files)
    forged.chain[-1]["participation"].pop()
    unsigned = forged.chain[-1] | {"hash": ""}
    forged.chain[-1]["hash"] = sha256(as_json(unsigned)).hexdigest()
    return forged.written()


UNSIGNED: dict[Callable[[Files], Files], str] = {
    _changed_byte: "content-hash",
    _changed_tree: "tree-hash",
    _missing_link: "chain-broken",
    _reordered: "chain-broken",
    _changed_link: "manifest-hash",
    _changed_manifest: "manifest-differs",
}


@pytest.mark.parametrize("change", UNSIGNED, ids=lambda change: change.__name__.strip("_"))
def test_a_change_that_was_not_signed_is_found(files: Files, change: Callable[[Files], Files]) -> None:
    """A hash or a link of the chain does not fit."""
    assert UNSIGNED[change] in found_in(change(files))


def test_every_finding_is_found() -> None:
    """No check of the verifier is without a change that it catches, but for those that need no bundle."""
    elsewhere = {"not-extended", "not-expected"}

    assert set(verify_release.TEXTS) - elsewhere == {*SIGNED.values(), *UNSIGNED.values(), *PLANTED.values()}


async def test_a_bundle_goes_on_from_an_earlier_one(
    released: Round, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is how a history that was made up anew is found: all its hashes are right."""
    now = packed(files, tmp_path / "now.zip")
    waves = (await released.cast.hr.get("/releases")).json()["items"]
    earlier = tmp_path / "earlier.zip"
    earlier.write_bytes(await bundle_of(released.cast.hr, waves[0]["waveId"]))
    forged = Forged(files)
    forged.chain[0]["statistics"] = "0" * 64
    made_up = packed(forged.signed(), tmp_path / "forged.zip")

    codes = [verify_release.main([str(one), "--earlier", str(earlier)]) for one in (now, made_up)]

    assert [0, 1] == codes
    assert "the earlier bundle is no start of this chain" in capsys.readouterr().out


def test_a_bundle_is_held_against_a_hash(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that was told elsewhere, such as in the event of the release."""
    bundle = str(packed(files, tmp_path / "now.zip"))
    known = json.loads(files["chain.ndjson"].splitlines()[-1])["hash"]

    codes = [verify_release.main([bundle, "--expect", one, "--language", "nl"]) for one in (known, "0" * 64)]

    assert [0, 1] == codes
    assert "KLOPT NIET" in capsys.readouterr().out


@pytest.mark.parametrize("body", [b"", b"PK", b"not a bundle"])
def test_what_is_no_bundle_is_called_so(tmp_path: Path, body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and no traceback."""
    (tmp_path / "x.zip").write_bytes(body)

    assert 2 == verify_release.main([str(tmp_path / "x.zip"), "--language", "en"])
    assert "NO BUNDLE" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(set(verify_release.FILES) - {"README.txt", "verify_release.py"}))
def test_a_file_of_another_shape_is_never_right(files: Files, tmp_path: Path, name: str) -> None:
    """Whatever is in it, and without a traceback."""
    for body in (b"", b"null", b"[]", b"{}", b"[[],[]]", b"\xff"):
        assert 0 != verify_release.main([str(packed(files | {name: body}, tmp_path / "x.zip"))])


def test_the_verifier_is_for_an_older_python() -> None:
    """It is of version 3.9, and imports the standard library only."""
    tree = ast.parse(VERIFIER.read_text(), feature_version=(3, 9))

    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert set() == modules - sys.stdlib_module_names


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.7062), (9, 2.262157), (29, 2.04523), (20_000, 1.960083)])
def test_the_verifier_knows_students_t(degrees: int, quantile: float) -> None:
    """The 97.5 % point, as R's qt has it."""
    assert verify_release.t_quantile(degrees) == pytest.approx(quantile, abs=1e-4)


async def test_anybody_gets_the_verifier(released: Round) -> None:
    """It is the one that is in every bundle, without a sign-in."""
    response = await released.cast.house.http.get("/verify_release.py")

    assert (200, VERIFIER.read_bytes()) == (response.status_code, response.content)


@pytest.mark.parametrize("viewer", ["manager", "employee", "vendor", "administrator", "confidential_adviser"])
async def test_a_bundle_is_for_those_who_check(released: Round, viewer: str) -> None:
    """It holds every unit, so nobody of smaller reach has it; neither has who does not check."""
    assert "denied" == (await Rest(getattr(released.cast, viewer)).export_release(released.wave_id)).word


async def test_the_atoms_of_a_release_move_to_their_table_and_back(released: Round) -> None:
    """Nothing of them is lost either way; the transaction is taken back."""

    def statements(name: str) -> tuple[str, str]:
        apply, _, rollback = (get_directory() / name).read_text().partition("-- migrate: rollback")
        return apply, rollback

    (create, drop), (move, give_back) = statements("0040_pre_unit_atoms.sql"), statements("0041_post_atom.sql")
    kept = "select employer_id, wave_id, unit_id, content::text from release.unit_atoms order by 1, 2, 3"
    async with owner(released.cast.house) as connection:
        transaction = connection.transaction()
        await transaction.start()
        before = await connection.fetch(kept)
        await connection.execute(give_back + drop)
        atoms = await connection.fetchval(
            "select count(*) from release.atom where wave_id = $1", UUID(released.wave_id)
        )
        await connection.execute(create)
        moved = await connection.fetch(kept)
        await connection.execute("delete from release.unit_atoms where wave_id = $1", UUID(released.wave_id))
        await connection.execute(move)
        after = await connection.fetch(kept)
        await transaction.rollback()

    assert atoms > len([row for row in before if row["wave_id"] == UUID(released.wave_id)])
    assert before == moved == after
