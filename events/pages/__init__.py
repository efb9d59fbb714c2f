"""The public pages: each view translates a request into one question, asks it in one snapshot, and shows the answer.

    urls         the paths                    views        one class a path; `base` has what they share
    addresses    parameters, clean addresses, links
    filters      the parameters of each page, from the declarations of the API
    form         the filter form, from the same declarations, with every refusal at its field
    present      from a stored document to what a template shows; `timeline` puts events under years and months
    wording      what codes are called on pages
    errors       every refusal as a page; the only place here that knows HTTP statuses

No page reads a cookie or a session, and none needs a script. A new page: a view, a line in `urls`, a template.
"""
