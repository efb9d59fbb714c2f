"""Deeds: the only way in which the dataset is written. A module a verb, each deed one function and one transaction.

    edit       write the working copy: locked, version-checked, logged          (editing)
    publish    make it public; revise what is public                            (publish, revise, revise_actor, …)
    retract    take it back; reinstate it as it was                             (retract, reinstate)
    load       a whole fixture as one deed                                      (load)
    reference  fill countries and types; rename a country                       (fill, rename_country)
    check      verify everything, write nothing                                 (faults)

Below them: `render` (working copy → public documents), `batch` (the changes of one deed, and the cascade), `release`
(what all publishing shares), `record` (the one way into the ledger), `indexing` (ledger row → index rows),
`evidence` (where a quotation stands). Every deed is handed `by`, `at` and `why`; nobody here reads the clock.
Lock order: events, actors, documents, each by id; then the head. A new deed is a new module that follows it.
"""
