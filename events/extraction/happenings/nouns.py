"""Nouns: those that name an event, with its kind (PLOVER), and those that say what sort of actor somebody is."""

from __future__ import annotations

from events.extraction.happenings.lexicon import word_set

# fmt: off
EVENTS = {
    "AGREE": "agreement deal treaty accord pact truce ceasefire pledge",
    "CONSULT": "visit trip tour meeting talks summit negotiations conference congress session call journey hearing "
    "consultation",
    "SUPPORT": "endorsement recognition praise tribute",
    "CONCEDE": "apology concession resignation",
    "COOPERATE": "exercise exchange purchase sale merger acquisition",
    "AID": "donation evacuation rescue relief asylum",
    "RETREAT": "withdrawal release repatriation return",
    "INVESTIGATE": "investigation inquiry probe inspection study interview report search raid review audit survey",
    "DEMAND": "request demand appeal application petition ultimatum lawsuit bid order",
    "DISAPPROVE": "criticism complaint complaints accusation accusations objection condemnation",
    "REJECT": "refusal rejection veto termination cancellation",
    "THREATEN": "threat threats warning ultimatum",
    "PROTEST": "protest protests demonstration demonstrations strike strikes walkout rally riot riots march boycott "
    "hunger-strike",
    "CRIME": "theft robbery fraud burglary kidnapping heist smuggling",
    "SANCTION": "sanctions embargo tariff tariffs ban expulsion restriction restrictions",
    "MOBILIZE": "mobilisation mobilization deployment",
    "COERCE": "arrest arrests detention dismissal crackdown raid pressure seizure imprisonment censorship deportation",
    "ASSAULT": "attack attacks bombing assault shooting killing murder assassination stabbing invasion airstrike "
    "shelling",
    "OTHER": "explosion crash landing accident earthquake flood fire storm election launch death opening decision "
    "speech statement advertisement collapse eruption outbreak avalanche landslide birth wedding funeral "
    "rule ruling law verdict video posting post tweet letter recording record arrangements",
}
# With these verbs it is the noun that says what happened: `made a trip`.
LIGHT = word_set(
    "make take give hold pay put stage launch conduct carry undertake lodge file issue submit begin open start "
    "reach sign do have announce impose declare mount lead conclude voice express lay send deliver publish release"
)

KINDS = {
    "government": "government ministry department embassy consulate parliament senate court police army navy "
    "authority authorities agency council cabinet commission administration regulator municipality "
    "congress secretariat treasury customs tribunal bundestag knesset duma kremlin pentagon city",
    "party": "party politburo",
    "company": "company companies airline airways airlines air inc ltd corp corporation gmbh plc bank carrier "
    "operator firm maker manufacturer insurer group holdings technologies motors industries freight "
    "composites lender supplier",
    "media": "newspaper times post radio tv television news journal magazine tribune herald gazette broadcaster "
    "station channel media weekly daily",
    "international": "nations nato unesco unicef eu un imf who",
    "organisation": "university museum foundation association union institute federation society organisation "
    "organization centre center committee church league club academy college orchestra quartet "
    "philharmonic trio gallery library board diocese office opposition watchdog charity ngo alliance movement "
    "network collection "
    "trust fund aeroclub crescent cross",
    "group": "people residents protesters demonstrators listeners readers workers employees diplomats soldiers "
    "pilots guards students farmers members voters officials inspectors investigators prosecutors "
    "passengers politicians refugees dissidents scientists experts journalists thieves men women children "
    "families troops rebels donors crews crew units users critics auditors trustees lawmakers activists "
    "doctors nurses teachers strikers heirs clients customers groups victims owners",
    "person": "minister president chairman chairwoman chief director mayor governor king queen prince princess pope "
    "judge spokesman spokeswoman spokesperson secretary ambassador senator chancellor premier host professor "
    "author writer editor lawyer founder curator painter singer actor officer man woman boy girl dissident "
    "practitioner observer reviewer celebrity executive user person reader speaker manager chairperson head "
    "leader candidate deputy vice-president locksmith handler artist scientist analyst general colonel "
    "captain student nurse pupil teacher engineer pilot driver worker researcher victim owner heir guard "
    "player coach supervisor doctor patient farmer soldier commander attorney prosecutor detective inspector "
    "resident voter activist journalist reporter columnist economist historian biologist chemist physicist "
    "astronomer architect musician conductor actress poet priest bishop imam rabbi monk merchant trader "
    "investor banker broker dealer lobbyist diplomat envoy consul spy hacker smuggler thief suspect detainee "
    "prisoner refugee migrant sister brother father mother son daughter wife husband widow",
}
# fmt: on

EVENT_NOUNS = {noun: kind for kind, nouns in EVENTS.items() for noun in nouns.split()}
ACTOR_NOUNS = {noun: kind for kind, nouns in KINDS.items() for noun in nouns.split()}
# Words with which the names of bodies end, so that `and` before them may stand inside a name.
NAME_ENDS = frozenset(ACTOR_NOUNS) | word_set("initiative programme program plan project fund service services")
# An organisation whose name is known everywhere under its letters; what it is follows from no word of the text.
INTERNATIONAL = frozenset(
    {
        "european union", "eu", "united nations", "un", "nato", "unesco", "unicef", "imf", "world bank", "opec",
        "asean", "african union", "world health organization", "who", "european commission",
        "european parliament", "interpol", "wto", "osce", "mercosur", "g7", "g20", "iaea", "icc", "wfp", "unhcr",
    }
)  # fmt: skip
TITLES = word_set(
    "mr. mrs. ms. mx. dr. prof. sir dame lord lady president minister king queen prince princess pope general "
    "colonel captain chairman chairwoman chancellor senator governor mayor judge director professor premier "
    "ambassador secretary spokesman spokeswoman executive officer curator founder"
)
# What may be meant by a pronoun.
PERSONAL = {
    "he": "person",
    "she": "person",
    "him": "person",
    "her": "person",
    "it": "thing",
    "they": "several",
    "them": "several",
}
