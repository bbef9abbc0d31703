"""The main job once, from an empty employer to an aggregate, over HTTP."""

import json
from datetime import datetime, timedelta
from support.house import Employer

async def test_main_job(employer: Employer) -> None:
    hr = await employer.client("hr")
    await hr.must(hr.post("/units", {"externalId": "root", "name": "Root"}))
    for u in ("a", "b"):
        await hr.must(hr.post("/units", {"externalId": u, "name": u, "parentExternalId": "root"}))
    lines = [{"externalId": f"p{i}", "unitExternalId": "ab"[i % 2]} for i in range(30)]
    r = await hr.request("POST", "/people/import", content="\n".join(map(json.dumps, lines)), headers={"content-type": "application/x-ndjson"})
    assert r.status_code == 200, r.text
    page = await hr.must(hr.get("/instruments"), 200)
    inst = next(i for i in page["items"] if i["key"] == "workload-recovery-focus")
    now = datetime.fromisoformat((await hr.must(hr.get(f"/employers/{employer.employer_id}"), 200))["testClock"])
    day = now.date().isoformat()
    wave = await hr.must(hr.post("/waves", {"name": "W", "kind": "pulse", "instrumentId": inst["instrumentId"], "mode": "split", "languages": ["nl"], "opensAt": (now + timedelta(hours=1)).isoformat(), "closesAt": (now + timedelta(days=1)).isoformat()}))
    wid = wave["waveId"]
    r = await hr.post(f"/waves/{wid}/open")
    assert r.status_code == 409, r.text
    assert len(r.json()["errors"]) == 3
    await hr.must(hr.post("/consents", {"kind": "works-council-consent", "policyVersion": 1, "mode": "split", "decidedOn": day, "documentSha256": "0" * 64}))
    await hr.must(hr.post("/preconditions", {"kind": "dpia", "decidedOn": day, "documentSha256": "0" * 64}))
    await hr.must(hr.post("/preconditions", {"kind": "participant-notice", "decidedOn": day, "documentSha256": "0" * 64, "languages": ["nl"]}))
    await hr.must(hr.post(f"/waves/{wid}/open"), 202)
    await employer.house.work()
    w = await hr.must(hr.get(f"/waves/{wid}"), 200)
    assert w["state"] == "ready", w
    r = await hr.post(f"/waves/{wid}/codes")
    assert r.status_code == 200
    codes = [json.loads(line) for line in r.text.splitlines()]
    assert len(codes) == 30
    op = employer.operator
    await op.must(op.post(f"/test-clocks/{employer.employer_id}/advance", {"to": (now + timedelta(hours=2)).isoformat()}), 200)
    await employer.house.work()
    q = await employer.house.anonymous.must(employer.house.anonymous.get(f"/waves/{wid}/questionnaire"), 200)
    keys = [i["key"] for i in q["items"]]
    for n, c in enumerate(codes):
        r = await employer.house.anonymous.post(f"/waves/{wid}/responses", {"code": c["code"], "answers": {k: 1 + (n + j) % 5 for j, k in enumerate(keys)}})
        assert r.status_code == 201, r.text
    r = await employer.house.anonymous.post(f"/waves/{wid}/responses", {"code": codes[0]["code"], "answers": {}})
    assert r.status_code == 200
    await op.must(op.post(f"/test-clocks/{employer.employer_id}/advance", {"to": (now + timedelta(days=2)).isoformat()}), 200)
    await employer.house.work()
    w = await hr.must(hr.get(f"/waves/{wid}"), 200)
    assert w["state"] == "released", w
    page = await hr.must(hr.get(f"/waves/{wid}/aggregates"), 200)
    print(json.dumps(page, indent=1)[:3000])
    events = await (await employer.client("administrator")).get("/events")
    print([e["type"] for e in events.json()["items"]])
