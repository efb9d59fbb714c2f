"""A small dataset that a reader can keep in mind: nine events around Huawei and a Czech agency."""

from __future__ import annotations

from tests.api.making import Making


def build() -> Making:
    made = Making()
    made.document("gazette", "The Gazette, 4 November", published="2019-11-04", url="https://example.org/gazette")
    made.document("herald", "The Herald")
    made.actor("huawei", "Huawei", "CN", kind="company", names=["华为", "Huawei Technologies"])
    made.actor("nukib", "NÚKIB", "CZ", names=["National Cyber Agency"])
    made.actor("zeman", "Zeman, Miloš", "CZ", kind="person")
    made.actor("group", 'The "Group"', "SK", kind="group")
    made.actor("mfa-cz", "Foreign Ministry of Czechia", "CZ", names=["Foreign Ministry"])
    made.actor("mfa-cn", "Foreign Ministry of China", "CN", names=["Foreign Ministry"])
    made.actor("nobody", "Nobody in Particular", kind="other")
    made.event(
        *("warns", "2018-12-17"),
        kind="DISAPPROVE",
        title="The agency warns",
        actors={"nukib": "initiator", "huawei": "target"},
        countries=["CN"],
        location="CZ",
    )
    made.event(
        *("threatens", "2019-01"),
        kind="THREATEN",
        title="Huawei threatens",
        actors={"huawei": "initiator", "nukib": "target"},
        countries=["CZ"],
        claimed_by=["zeman"],
        relations=[("response_to", "warns")],
    )
    made.event(
        *("visits", "2019-10-16/2019-10-18"),
        kind="CONSULT",
        title="The president visits",
        actors={"zeman": "initiator", "mfa-cn": "host"},
        countries=["CZ"],
        location="CN",
        documents=["gazette", "herald"],
    )
    made.event(
        *("meets", "2019-10-16"),
        kind="CONSULT",
        title="The ministries meet",
        actors={"mfa-cz": "participant", "mfa-cn": "participant"},
        countries=["CZ", "CN", "SK"],
    )
    made.event("protests", "2019-10~", kind="PROTEST", title="The Group protests", actors={"group": "initiator"})
    made.event("built", "2016/..", kind="COOPERATE", title="A plant is built", countries=["SK"], location="SK")
    made.event("denied", "2019?", kind="REJECT", claimed_by=["mfa-cn", "huawei"], documents=["herald"])
    made.event("lately", date_text="recently", kind="AID", title="Aid was given", countries=["CSHH"])
    made.event("sometime", kind="THREATEN", title="Someone threatens", actors={"nobody": "initiator"}, location="US")
    return made
