// Select2 draws a box and a search field of its own for each autocompleting field, and names neither. The widget gives
// the name as the title of its <select>; hand it on, and say which list the box opens.
"use strict";
{
    const $ = django.jQuery;

    const boxOf = (select) => select.nextElementSibling && select.nextElementSibling.querySelector("[role=combobox]");
    const name = (select) => {
        const box = boxOf(select);
        if (!box || !select.labels[0]) {
            return;
        }
        // Both: what the field is called, and what is chosen.
        const label = select.labels[0];
        label.id = label.id || `${select.id}-label`;
        const chosen = box.querySelector("[role=textbox]");
        for (const part of [box, chosen]) {
            part.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
        }
    };
    const nameAll = (within) => within.querySelectorAll("select.select2-hidden-accessible").forEach(name);

    // Both after Django's autocomplete.js, which draws the boxes at these two moments.
    $(() => nameAll(document));
    document.addEventListener("formset:added", (event) => nameAll(event.target));

    $(document).on("select2:open", (event) => {
        const search = document.querySelector(".select2-container--open .select2-search__field");
        search.setAttribute("aria-label", event.target.title);
        const box = boxOf(event.target);
        box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    });
}
