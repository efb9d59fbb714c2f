"""Deeds: the only way in which the dataset is written. A module a verb, each deed one function and one transaction.

    edit       write the working copy: version-checked, logged                  (editing)
    merge      two that are one; undo it                                       (merge, unmerge)
    publish    make it public; revise what is public                            (publish, revise, revise_actor, …)
    retract    take it back; reinstate it as it was                             (retract, reinstate)
    propose    suggest events and changes of events, once each; supersede       (propose, supersede)
    decide     make an event of a proposal, or reject it                        (accept, add_to_event, reject, reopen)
    queue      which proposal a curator looks at next                           (take_next, hold, let_go)
    digest     store a digest that was read, and propose what is new in it      (store)
    table      store a table, propose what its rows tell                        (import_rows)
    load       a whole fixture as one deed                                      (load)
    cascade    carry on what a long cascade has left to do                      (go_on)
    reference  fill countries and types; rename a country                       (fill, rename_country)
    check      verify everything, write nothing                                 (faults)

Below them: `release` (what all publishing shares), `batch` (the changes of one deed, and the cascade), `render`
(working copy → public documents), `whole` (an event with all that hangs on it), `flags` (what has unpublished edits),
`record` (the one way into the ledger), `indexing` (ledger row → index rows), `inserting` (many rows at once), `texts`
(the full text of events), `evidence` (where a quotation stands), `deed` (the transaction). What merging needs:
`uniting` and `mentions` (what it changes, and back). What `load` needs:
`load_rows` (are the records right?), `overwriting` (would a curator's work be lost?), `load_states` (what isn't public,
or otherwise) and `load_proposals`. What proposals need:
`suggestion` (what one may say, and whether it holds), `candidates` (from a reading to suggestions), `writing` (from its
values to an event), `oddities` (names that deceive the eye), `similar` (events that may be the same).

Every deed is handed `by`, `at` and `why`; nobody here reads the clock. Deeds happen one at a time: the head's lock is
the first thing that one takes. A new deed is a new module that does its work inside `deed()`.
"""
