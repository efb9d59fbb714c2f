// Says below the date field, while one types, how the date is understood. Without it, a button of the form does.
"use strict";
{
    const PAUSE = 300; // milliseconds without a key, so that not every letter asks

    const value = (selector) => {
        const filled = [...document.querySelectorAll(selector)].find((field) => field.value);
        return filled ? filled.value : "";
    };

    const start = (output) => {
        const date = document.getElementById(output.htmlFor.value);
        let timer = 0;
        let latest = 0;

        const say = async () => {
            const asked = ++latest;
            if (!date.value.trim()) {
                output.value = "";
                return;
            }
            const sent = new URLSearchParams({
                words: date.value,
                anchor: value("[name=date_anchor]"),
                document: value("select[name^=evidence-][name$=-document]"),
                published: value("[name=source-0-published]"),
            });
            const answer = await fetch(`${output.dataset.readDate}?${sent}`);
            if (asked !== latest || !answer.ok) {
                return;
            }
            const said = await answer.json();
            output.value = said.text;
            output.classList.toggle("fault", said.fault);
        };
        const later = () => {
            clearTimeout(timer);
            timer = setTimeout(say, PAUSE);
        };
        for (const name of ["edtf", "date_anchor", "source-0-published"]) {
            document.querySelectorAll(`[name="${name}"]`).forEach((field) => field.addEventListener("input", later));
        }
    };

    document.addEventListener("DOMContentLoaded", () => {
        document.querySelectorAll("output[data-read-date]").forEach(start);
    });
}
