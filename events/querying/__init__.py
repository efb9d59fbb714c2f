"""From parameters to answers, reading the ledger, the index and the reference data only.

    parameters  what a parameter is (`named`: one that names nouns)   filters   those of each path, declared once
    values      how values are written (`words`, of a search)   lookup    ids, names and codes, among what is public
    question    parameters → a question, a frozen value
    checks      what is wrong with parameters, every problem at once; `habits` for suggestions
    conditions  what a question demands of an event, as values that give SQL; `sentence` says it in words
    events, nouns, facets, buckets, changes, dataset   a question → a page, one thing, counts, a histogram, the ledger
    cursor      where a page ended         snapshot  one transaction for one answer
    state       which state of the dataset is read: the newest, or as of an earlier change

Whatever a client sends is applied in full or refused with a reason. To add a filter: declare it in `filters`, with a
condition in `parameters` or `named`; OpenAPI, form, echo and sentence follow.
"""
