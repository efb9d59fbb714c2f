"""Sentences → what they tell of: who did what to whom, when, where, of what kind, and who says so.

`reader.happenings` yields one `Happening` for each clause or noun that tells of one; `merging.merged` makes one of
those that tell the same, and `candidates.candidate` gives it to the outside. docs/reader.md tells the rules.
The files, from the words up:

    lexicon.py    how tables of words are written
    verbs.py · nouns.py · countries.py      the tables: kinds of events, of actors, words for countries
    words.py      a sentence as words, each with what it can be; a time expression is one word
    phrases.py    verb groups and noun phrases
    looking.py · clauses.py      what follows, who is the subject · the clauses, and how they hang together
    kinds.py · judging.py        the kind of event · whether it is told as done
    dating.py     which time expression dates which verb
    hidden.py · naming.py · figure.py      names that hide something · names and kinds of actors · somebody
    known.py · cast.py · figures.py        actors of the database · those named so far · those of one sentence
    parts.py · places.py · tellers.py · titles.py      roles · countries and places · who says so · titles
    occasions.py  happenings that a noun tells of
    reader.py     a text, sentence by sentence
    merging.py · candidates.py   one for each happening · fields, evidence, confidence, why

To add a verb or a noun, add it to its table; docs/reader.md shows the tables, and a test compares them. To change a
rule, run `benchmarks/happenings.py --list` before and after.
"""
