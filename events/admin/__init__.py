"""The admin: what curators see and press, each press a deed of `events.curation`.

Stock Django admin. What it adds to it, from the bottom:

    roles.py          who may do what: the groups that `migrate` makes; users.py, the logins
    addresses.py      ids in pasted addresses
    lists.py          what the lists share: search by address, no more read than is shown
    pick.py           choosing an actor, document, event or country: autocomplete, or typed where there is no JavaScript
    forms.py          what all forms share: the version they were opened with, the public reason, what was there before
    inlines.py        rows that hang on a noun
    buttons.py        the deeds at the foot of a form, and when each is offered
    conflict.py       two people save one noun: neither loses anything
    deed_admin.py     saving goes through a deed; what a deed refuses comes back as errors of the form
    nouns.py          the page of a noun: version check, buttons, history, no deletion
    difference.py · comparing.py
                      what differs between two pictures; nothing public changes unseen
    importing.py      a table becomes proposals
    outcomes.py       what accepting a proposal does, said before and after
    bulk.py           one deed done to many, looked at first
    side_by_side.py · merging.py
                      two that are one: looked at, merged and parted
    reading.py        a date as it was typed, understood
    proposals.py      the lists of proposals
    review.py         the review of one; review_form.py its form, review_text.py its text
    suggest.py        a person proposes a change
    log_in_again.py   a log-in that ran out loses no text
    exporting.py · tables.py
                      the working copy as a file, a list of events as a table
    event_form.py · evidence.py · events.py · actors.py · documents.py · reference.py · ledger.py
                      a file for each page, or part of one

To add a page for a table, derive from `NounAdmin` (it has a version) or `DeedAdmin` (it has none) and import it here.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.admin.actors import ActorAdmin
from events.admin.documents import DocumentAdmin
from events.admin.events import EventAdmin
from events.admin.ledger import EntryAdmin
from events.admin.proposals import ProposalAdmin
from events.admin.reference import CountryAdmin, EventTypeAdmin
from events.admin.users import GroupAdmin, UserAdmin

admin.site.site_header = "Dateline"
admin.site.site_title = "Dateline"
admin.site.index_title = _("Curation")
admin.site.login_template = "admin/events/login.html"

__all__ = [
    "ActorAdmin",
    "CountryAdmin",
    "DocumentAdmin",
    "EntryAdmin",
    "EventAdmin",
    "EventTypeAdmin",
    "GroupAdmin",
    "ProposalAdmin",
    "UserAdmin",
]
