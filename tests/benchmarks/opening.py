"""A wave from its gates until it is open, over REST, as an employer's HR would."""

from datetime import datetime, timedelta

from support.house import Employer, Persona


async def now_of(employer: Employer, hr: Persona) -> datetime:
    """What time it is for the employer."""
    shown = await hr.must(hr.get(f"/employers/{employer.employer_id}"), 200)
    return datetime.fromisoformat(shown["testClock"])


async def pass_gates(employer: Employer, hr: Persona, mode: str) -> None:
    """Records all that waves in this mode need, under the first policy and in Dutch."""
    decided = {"decidedOn": (await now_of(employer, hr)).date().isoformat(), "documentSha256": "0" * 64}
    consent = {"kind": "works-council-consent", "policyVersion": 1, "mode": mode, **decided}
    await hr.must(hr.post("/consents", consent))
    await hr.must(hr.post("/preconditions", {"kind": "dpia", **decided}))
    await hr.must(hr.post("/preconditions", {"kind": "participant-notice", "languages": ["nl"], **decided}))


async def open_wave(employer: Employer, hr: Persona, instrument_id: str, mode: str, kind: str = "pulse") -> str:
    """A wave of a day in which everybody is asked now; its id."""
    now = await now_of(employer, hr)
    plan = {
        "name": "Meting",
        "kind": kind,
        "instrumentId": instrument_id,
        "mode": mode,
        "languages": ["nl"],
        "opensAt": (now - timedelta(minutes=1)).isoformat(),
        "closesAt": (now + timedelta(days=1)).isoformat(),
    }
    wave_id: str = (await hr.must(hr.post("/waves", plan)))["waveId"]
    await hr.must(hr.post(f"/waves/{wave_id}/open"), 202)
    while await employer.house.worker.do_due():
        pass
    return wave_id
