"""Deeds: the only way in which the dataset is written. A module a verb, each deed one function and one transaction.

    edit       write the working copy: version-checked, logged                  (editing)
    publish    make it public; revise what is public                            (publish, revise, revise_actor, …)
    retract    take it back; reinstate it as it was                             (retract, reinstate)
    load       a whole fixture as one deed                                      (load)
    reference  fill countries and types; rename a country                       (fill, rename_country)
    check      verify everything, write nothing                                 (faults)

Below them: `release` (what all publishing shares), `batch` (the changes of one deed, and the cascade), `render`
(working copy → public documents), `flags` (what has unpublished edits), `record` (the one way into the ledger),
`indexing` (ledger row → index rows), `evidence` (where a quotation stands), `deed` (the transaction), and what `load`
needs: `load_rows` (are the records right?) and `overwriting` (would a curator's work be lost?).

Every deed is handed `by`, `at` and `why`; nobody here reads the clock. Deeds happen one at a time: the head's lock is
the first thing that one takes. A new deed is a new module that does its work inside `deed()`.
"""
