// Select2 draws a box of its own beside each autocompleting field; give it the name that the field's label has, and
// say which list it opens.
"use strict";
{
    const $ = django.jQuery;

    const name = (select) => {
        const label = select.labels[0];
        const box = select.nextElementSibling && select.nextElementSibling.querySelector("[role=combobox]");
        if (!label || !box) {
            return;
        }
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
        search.setAttribute("aria-label", event.target.labels[0].textContent.trim());
        const box = event.target.nextElementSibling.querySelector("[role=combobox]");
        box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    });
}
