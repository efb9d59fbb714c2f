"""The REST API: each view translates a request into one question, calls it in one snapshot, and presents the answer.

    urls         the paths
    views        one class a path; `base` has what they share: snapshot, question, ETag, headers
    ledger       the paths that answer with changes
    problems     every refusal as RFC 9457 problem+json; the only place that knows HTTP statuses
    requests     from a request to parameters, format and base address
    schema       OpenAPI 3.1, from the same declarations that answer; `components` has the objects of answers (in
                 the words of `json_schema`), `examples` one of each, made by what answers
    describing   where that is served, and the page to try it

A new path: a view in `views`, a line in `urls`, its parameters in `querying.filters`, its answer in `components`.
"""
