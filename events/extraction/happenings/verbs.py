"""Verbs: their forms, and the kind of event (PLOVER) that each tells of.

A verb that stands in none of the tables tells of an event of type OTHER where it is in the past. A verb of two words is
written with its particle: `call off`. To add a verb, add its base form to a table here, and its past forms to
`IRREGULAR` if they aren't made with -ed; docs/reader.md shows the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import LIGHT

# fmt: off
VERBS = {
    "AGREE": "agree sign conclude ratify settle pledge promise vow undertake accept approve consent commit",
    "CONSULT": "meet visit confer consult negotiate mediate phone receive host travel tour discuss come-together "
    "get-in-touch",
    "SUPPORT": "support back endorse praise thank welcome recognise recognize applaud defend congratulate commend "
    "hail honour honor salute laud appreciate speak-up speak-in-support speak-out-for stand-up-for vouch",
    "CONCEDE": "concede yield relent lift ease admit apologise apologize acknowledge back-down give-in waive resign "
    "step-down capitulate surrender compromise",
    "COOPERATE": "cooperate collaborate partner trade buy sell purchase acquire award invest share exchange merge "
    "extradite",
    "AID": "aid donate help assist fund finance rescue evacuate shelter deliver supply provide grant loan lend "
    "subsidise subsidize bail-out treat feed pay-for set-aside protect",
    "RETREAT": "withdraw retreat release free return repatriate pull-out vacate abandon hand-back give-back "
    "restitute demobilise",
    "INVESTIGATE": "investigate probe examine study interview inspect audit survey analyse analyze review search "
    "inquire enquire test report verify assess chart map research publish",
    "DEMAND": "demand ask urge request call-on call-for press order insist appeal petition apply require summon "
    "plead instruct command implore beg beseech file sue",
    "DISAPPROVE": "criticise criticize accuse condemn denounce blame complain object deplore challenge doubt "
    "dispute rebuke slam chide censure mock boo ridicule lament decry reprimand scold insult question "
    "charge contradict",
    "REJECT": "reject refuse decline deny veto rebuff terminate annul break-off end overrule overturn opt-out "
    "revoke turn-down rule-out scrap",
    "THREATEN": "threaten warn menace caution intimidate",
    "PROTEST": "protest demonstrate rally march riot boycott picket walk-out down-tools occupy block",
    "CRIME": "steal rob smuggle defraud embezzle bribe kidnap burgle forge loot launder extort hack",
    "SANCTION": "sanction embargo expel ban restrict suspend cancel call-off blacklist fine deport impose tax tariff "
    "bar prohibit penalise penalize disqualify",
    "MOBILIZE": "mobilise mobilize deploy found arm draft conscript activate station recruit",
    "COERCE": "arrest detain imprison jail sack fire dismiss censor seize confiscate raid delete convict sentence "
    "evict let-go part-with suppress silence oust impeach force compel coerce shut-down take-hostage "
    "freeze indict lay-off send-home disband dissolve prosecute",
    "ASSAULT": "attack bomb kill shoot murder wound injure assault shell stab beat rape torture assassinate destroy "
    "ambush execute hit burn torch vandalise vandalize set-fire open-fire set-on-fire demolish damage "
    "invade",
}

# Verbs of saying and of finding out: what follows them is what somebody says. They are no event of their own.
REPORTING = word_set(
    "say tell add note stress argue claim explain state write remark observe maintain recall allege assert "
    "estimate believe think hold find insist announce confirm report declare reveal disclose predict expect warn "
    "admit deny conclude acknowledge complain suggest show indicate reply respond answer promise threaten fear "
    "hope emphasise emphasize underline mention hear learn point-out make-clear comment speculate swear testify "
    "boast quote cite concede vow pledge"
)
# These say that something is said on purpose and in public, so saying it happened, whatever is said.
PUBLIC = word_set(
    "announce declare publish report reveal disclose warn admit deny promise threaten complain confirm respond "
    "reply answer comment insist acknowledge testify pledge vow conclude concede post tweet make-clear write"
)
# States, habits, feelings and wishes: in the past they still are no happening.
STATIVE = word_set(
    "be have know want wish hope feel think believe fear like love hate need seem remain stay live belong own "
    "contain include consist depend mean show indicate exist expect plan intend aim try prefer understand "
    "remember regard consider look sound matter cost weigh last lie stand sit wait keep tend lack enjoy concern "
    "involve cover affect face reflect represent describe use work serve number total say tell add note stress "
    "argue claim explain state remark maintain recall allege assert estimate hear suggest stem resemble equal "
    "deserve owe hesitate differ vary want underscore underline base locate relate link connect interest worry "
    "surprise disappoint please suppose mistake desire imagine realise realize notice sense see watch listen hold "
    "can get become go do exceed suffice dwell reside compare emphasise emphasize point-out mention predict "
    "observe cater appeal-to trust rely struggle attempt seek undergo measure fit suit carry bear date head "
    "lead-to view deem hide gain marvel bring-up"
)
# fmt: on

# What is decided, begun or brought about is told by the infinitive after it: `decided to end the agreement`.
DECIDING = word_set("decide opt choose vote begin start manage move help")
# What follows these is no fact: a hope, a plan, or what somebody says is not so.
UNREAL = word_set(
    "hope expect fear want wish plan intend predict deny threaten promise warn demand ask urge request propose "
    "suggest consider vow pledge offer doubt refuse mean insist forecast would need like"
)
# What is told with these words is a habit.
HABITUAL = word_set("often usually always sometimes regularly frequently generally typically normally rarely")

# Base form, past, participle (where it differs from the past).
IRREGULAR = """
arise arose arisen|awake awoke awoken|be was been|bear bore born|beat beat beaten|become became become
begin began begun|bend bent|bet bet|bid bid|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
breed bred|bring brought|broadcast broadcast|build built|burn burnt|burst burst|buy bought|catch caught
choose chose chosen|come came come|cost cost|creep crept|cut cut|deal dealt|dig dug|do did done|draw drew drawn
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found
flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|get got got|give gave given|go went gone|grow grew grown|hang hung|have had|hear heard
hide hid hidden|hit hit|hold held|hurt hurt|keep kept|know knew known|lay laid|lead led|learn learnt|leave left
lend lent|let let|lie lay lain|lose lost|make made|mean meant|meet met|pay paid|put put|quit quit|read read
ride rode ridden|ring rang rung|rise rose risen|run ran run|say said|see saw seen|seek sought|sell sold|send sent
set set|shake shook shaken|shed shed|shine shone|shoot shot|show showed shown|shrink shrank shrunk|shut shut
sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|spend spent|spill spilt|spin spun
split split|spread spread|spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|strike struck
swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told
think thought|throw threw thrown|undertake undertook undertaken|undergo underwent undergone|understand understood
uphold upheld|upset upset|wake woke woken|wear wore worn|win won|withdraw withdrew withdrawn|withhold withheld
write wrote written|overthrow overthrew overthrown|oversee oversaw overseen|overrun overran overrun|rebuild rebuilt
resell resold|foresee foresaw foreseen|mislead misled|undo undid undone|overtake overtook overtaken
"""
# The verbs of more than one syllable and the short ones that double their last letter.
DOUBLING = word_set(
    "ban rob stop drop plan refer admit commit permit submit occur prefer transfer compel expel repel propel deter "
    "rebel quit beg plot grab ship trap step wrap chat stab slam gun scrap bar war tip trim hug jog nod rub slip "
    "strip control patrol cancel travel model level quarrel signal tunnel equip format regret bid cap cut dip fit "
    "get hit hop let log pin put rig run set shut sit skid tap top win"
)


@dataclass(frozen=True)
class Form:
    """What a word can be as a verb: of which base form, and whether past, participle, -ing, -s or base."""

    lemma: str
    past: bool = False
    participle: bool = False
    ing: bool = False
    third: bool = False
    base: bool = False


def _irregular() -> Iterator[tuple[str, str, str]]:
    for entry in IRREGULAR.replace("\n", "|").strip("|").split("|"):
        base, past, *participle = entry.split()
        yield base, past, participle[0] if participle else past


def _regular_past(lemma: str) -> Iterator[str]:
    if lemma.endswith("e"):
        yield lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in "aeou":
        yield lemma[:-1] + "ied"
    else:
        yield lemma + "ed"
    if lemma in DOUBLING:
        yield lemma + lemma[-1] + "ed"


def _ing(lemma: str) -> str:
    if lemma in DOUBLING:
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    return (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma) + "ing"


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _forms() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    heads = {verb.partition("-")[0] for table in VERBS.values() for verb in table.split()}
    heads |= {verb.partition("-")[0] for verb in LIGHT | REPORTING | PUBLIC | STATIVE | DECIDING | UNREAL}
    irregular = {base: (past, participle) for base, past, participle in _irregular()}
    for lemma in sorted(heads | irregular.keys() | DOUBLING):
        forms.setdefault(lemma, Form(lemma, base=True))
        forms.setdefault(_third(lemma), Form(lemma, third=True))
        forms.setdefault(_ing(lemma), Form(lemma, ing=True))
        if lemma not in irregular:
            forms.update({form: Form(lemma, past=True, participle=True) for form in _regular_past(lemma)})
    for lemma, (past, participle) in irregular.items():
        same = past == participle
        forms[past] = Form(lemma, past=True, participle=same, base=past == lemma)
        if not same:
            forms[participle] = Form(lemma, participle=True, base=participle == lemma)
    forms["burned"] = Form("burn", past=True, participle=True)
    forms["struck"] = Form("strike", past=True, participle=True)
    return forms


FORMS = _forms()
TYPES = {verb: kind for kind, table in VERBS.items() for verb in table.split()}
# The particles that a verb may have, longest first: `call` → (`off`, `on`, `for`).
PARTICLES: dict[str, tuple[str, ...]] = {}
for _verb in sorted(set(TYPES) | REPORTING | STATIVE, key=len, reverse=True):
    _head, _, _rest = _verb.partition("-")
    if _rest:
        PARTICLES[_head] = (*PARTICLES.get(_head, ()), _rest)


def form(word: str) -> Form | None:
    """What a word in lower case can be as a verb; None for one that looks like none.

    Unknown words in -ed are taken for pasts, in -ing for what they look like.
    """
    known = FORMS.get(word)
    if known is not None:
        return known
    if len(word) > 3 and word.endswith("ed") and not word.endswith(("eed", "hundred")):
        return Form(word, past=True, participle=True)
    if len(word) > 5 and word.endswith("ing"):
        return Form(word, ing=True)
    return None
