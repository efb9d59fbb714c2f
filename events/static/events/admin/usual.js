// The usual reasons at a click. Without it, the field's own list offers them.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".dateline-usual").forEach((usual) => {
        const field = usual.parentElement.querySelector("input");
        usual.hidden = false;
        usual.addEventListener("click", (event) => {
            if (event.target.dataset.reason) {
                field.value = event.target.dataset.reason;
                field.focus();
            }
        });
    });
    // What is to be looked at before anything is published comes first.
    const comparison = document.querySelector(".dateline-comparison");
    if (comparison) {
        comparison.focus();
    }
});
