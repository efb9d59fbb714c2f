// The review of a proposal: choosing words of the text, shortcuts, and nothing lost. All of it works without, too.
"use strict";
{
    const WORD = /\S+/gu;
    const form = document.getElementById("review-form");

    // ── The text: offsets in the document count characters, those of the page count UTF-16 units.
    const box = document.getElementById("dl-text");
    const passage = box && JSON.parse(document.getElementById("dl-passage").textContent);
    const text = box ? box.textContent : "";
    const characters = (units) => [...text.slice(0, units)].length + passage.start;
    const units = (place) => [...text].slice(0, Math.max(0, place - passage.start)).join("").length;

    const evidenceRows = () => [...form.querySelectorAll('[data-prefix="evidence"] .dl-row')];
    const part = (row, name) => row.querySelector(`[name^="evidence-"][name$="-${name}"]`);
    const ours = (row) => !part(row, "document").value || part(row, "document").value === passage.document;

    const placeOf = (row) => {
        const quote = part(row, "quote").value.replace(/\r\n/g, "\n");
        if (!quote || !ours(row)) {
            return null;
        }
        const given = part(row, "start").value;
        const start = given === "" ? -1 : units(Number(given));
        const found = start >= 0 && text.startsWith(quote, start) ? start : text.indexOf(quote);
        return found < 0 ? null : [found, found + quote.length];
    };

    const draw = () => {
        if (!box) {
            return;
        }
        const spans = passage.spans.map(([start, end, kind]) => [units(start), units(end), kind]);
        for (const place of evidenceRows().map(placeOf)) {
            if (place) {
                spans.push([...place, "evidence"]);
            }
        }
        const borders = [...new Set([0, text.length, ...spans.flatMap(([start, end]) => [start, end])])];
        borders.sort((one, other) => one - other);
        box.replaceChildren(...borders.slice(0, -1).map((start, number) => {
            const end = borders[number + 1];
            const kinds = new Set(spans.filter((span) => span[0] <= start && end <= span[1]).map((span) => span[2]));
            if (!kinds.size) {
                return text.slice(start, end);
            }
            const mark = document.createElement("mark");
            mark.className = [...kinds].map((kind) => `dl-${kind}`).join(" ");
            mark.textContent = text.slice(start, end);
            return mark;
        }));
    };

    const quote = (row, start, end) => {
        if (start < 0 || end > text.length || start >= end) {
            return;
        }
        part(row, "quote").value = text.slice(start, end);
        part(row, "start").value = characters(start);
        part(row, "before").value = part(row, "after").value = "";
        part(row, "document").value = passage.document;
        part(row, "quote").dispatchEvent(new Event("input", { bubbles: true }));
    };

    const selected = () => {
        const chosen = getSelection();
        if (!chosen.rangeCount || chosen.isCollapsed) {
            return null;
        }
        const range = chosen.getRangeAt(0);
        if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) {
            return null;
        }
        const before = document.createRange();
        before.setStart(box, 0);
        before.setEnd(range.startContainer, range.startOffset);
        const start = before.toString().length;
        const words = range.toString();
        const space = words.length - words.trimStart().length;
        return [start + space, start + space + words.trim().length];
    };

    const words = [...text.matchAll(WORD)].map((found) => [found.index, found.index + found[0].length]);
    const last = (list, test) => list.filter(test).pop();
    const moves = {
        "selection": () => selected(),
        "start-back": ([start, end]) => [(last(words, (word) => word[0] < start) || [start])[0], end],
        "start-on": ([start, end]) => [(words.find((word) => word[0] > start) || [start])[0], end],
        "end-back": ([start, end]) => [start, (last(words, (word) => word[1] < end) || [0, end])[1]],
        "end-on": ([start, end]) => [start, (words.find((word) => word[1] > end) || [0, end])[1]],
    };

    // The selection is gone once a button has the focus on some systems: remember the last one in the text.
    let remembered = null;
    document.addEventListener("selectionchange", () => {
        remembered = (box && selected()) || remembered;
    });

    const choose = (button) => {
        const row = button.closest(".dl-row");
        const move = button.dataset.choose;
        const place = move === "selection" ? remembered : placeOf(row);
        const moved = place && (move === "selection" ? place : moves[move](place));
        if (moved) {
            quote(row, ...moved);
        }
    };

    // ── Rows.
    const addRow = (rows) => {
        const spare = rows.querySelector(".dl-row[hidden]");
        if (spare) {
            spare.hidden = false;
            spare.querySelector("input:not([type=hidden]), textarea, .select2-selection").focus();
            return;
        }
        const total = rows.querySelector("[name$=-TOTAL_FORMS]");
        const fresh = rows.querySelector("template").content.cloneNode(true).firstElementChild;
        const holder = document.createElement("div");
        holder.append(fresh);
        holder.innerHTML = holder.innerHTML.replaceAll("__prefix__", total.value);
        const row = holder.firstElementChild;
        rows.querySelector("template").before(row);
        total.value = Number(total.value) + 1;
        row.querySelectorAll(".dl-choose").forEach((tools) => { tools.hidden = !box; });
        row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: rows.dataset.prefix } }));
        row.querySelector("input:not([type=hidden]), textarea, .select2-selection").focus();
    };

    // ── Nothing lost: what is typed is kept in the browser until it is sent.
    const key = `dateline:${form.dataset.draft}`;
    const fields = () => [...form.elements].filter((field) =>
        field.name && !["submit", "button"].includes(field.type) && field.name !== "csrfmiddlewaretoken");
    const state = () => fields().map((field) =>
        [field.name, field.type, field.type === "checkbox" ? field.checked : field.value,
            field.tagName === "SELECT" && field.selectedOptions[0] ? field.selectedOptions[0].text : ""]);
    let untouched = JSON.stringify(state());
    let sending = false;
    const changed = () => JSON.stringify(state()) !== untouched;

    const keep = () => {
        if (changed()) {
            sessionStorage.setItem(key, JSON.stringify(state()));
        }
    };
    const restore = () => {
        const kept = JSON.parse(sessionStorage.getItem(key) || "[]");
        sessionStorage.removeItem(key);
        const version = kept.find(([name]) => name === "version");
        if (!version || version[2] !== form.elements.version.value) {
            return;
        }
        for (const rows of form.querySelectorAll(".dl-rows")) {
            const total = kept.find(([name]) => name === `${rows.dataset.prefix}-TOTAL_FORMS`);
            while (total && Number(rows.querySelector("[name$=-TOTAL_FORMS]").value) < Number(total[2])) {
                addRow(rows);
            }
        }
        const boxes = {};
        for (const [name, type, value, label] of kept) {
            const same = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
            boxes[name] = (name in boxes ? boxes[name] : -1) + 1;
            const field = same[boxes[name]];
            if (!field || field.type !== type) {
                continue;
            }
            if (type === "checkbox") {
                field.checked = value;
                continue;
            }
            if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
                field.add(new Option(label, value));
            }
            field.value = value;
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }
        const notice = document.createElement("p");
        notice.className = "dl-draft";
        notice.setAttribute("role", "status");
        notice.textContent = gettext("What you had typed here is in the form again.");
        form.prepend(notice);
        draw();
    };

    // ── Shortcuts, while no field has the focus.
    const on = document.getElementById("shortcuts");
    const focus = (selector) => {
        const found = form.querySelector(selector);
        if (found) {
            found.focus();
            found.scrollIntoView({ block: "center" });
        }
        return Boolean(found);
    };
    const press = (name) => {
        const button = form.querySelector(`button[data-key="${name}"]`);
        if (button) {
            button.click();
        }
        return Boolean(button);
    };
    const SHORTCUTS = {
        a: () => press("a"),
        p: () => press("p"),
        s: () => press("s"),
        1: () => press("1"),
        2: () => press("2"),
        3: () => press("3"),
        4: () => press("4"),
        r: () => focus("[name=because]"),
        m: () => focus(".dl-likely [name=_same]") || focus("[name=same_as] + .select2-container .select2-selection"),
        e: () => focus("[name=title]"),
        d: () => focus("[name=edtf]"),
        t: () => box && (box.focus(), true),
    };
    const typing = (target) => target.closest("input, textarea, select, [role=combobox], [contenteditable]");

    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && typing(event.target)) {
            event.target.blur();
        } else if (event.key === "Enter" && event.target.name === "because") {
            event.preventDefault();
            document.getElementById("reject").click();
        } else if (on && on.checked && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey
            && Object.hasOwn(SHORTCUTS, event.key) && SHORTCUTS[event.key]()) {
            event.preventDefault();
        }
    });

    const start = () => {
        form.classList.add("dl-scripted");
        form.querySelector(".dl-first").tabIndex = -1;
        if (on) {
            on.checked = localStorage.getItem("dateline:shortcuts") !== "off";
            on.addEventListener("change", () => localStorage.setItem("dateline:shortcuts", on.checked ? "on" : "off"));
        }
        form.querySelectorAll(".dl-more, .dl-choose").forEach((tools) => { tools.hidden = !box && tools.matches(".dl-choose"); });
        form.addEventListener("click", (event) => {
            const button = event.target.closest("button[type=button]");
            if (button && button.dataset.choose) {
                choose(button);
            } else if (button && button.dataset.edtf) {
                form.elements.edtf.value = button.dataset.edtf;
                form.elements.edtf.dispatchEvent(new Event("input", { bubbles: true }));
            } else if (button && button.closest(".dl-more")) {
                addRow(button.closest(".dl-rows"));
            }
        });
        form.addEventListener("input", (event) => {
            if (event.target.name && event.target.name.endsWith("-quote")) {
                draw();
            }
            keep();
        });
        form.addEventListener("change", keep);
        form.addEventListener("submit", () => {
            sending = true;
            keep();
        });
        window.addEventListener("beforeunload", (event) => {
            if (!sending && changed()) {
                event.preventDefault();
            }
        });
        if (form.querySelector(".errornote, .errorlist")) {
            untouched = "";
        } else {
            restore();
        }
        // Spare rows are for those without scripts.
        for (const row of form.querySelectorAll(".dl-rows > .dl-row")) {
            row.hidden = [...row.querySelectorAll("input, textarea, select")].every((field) =>
                field.type === "checkbox" ? !field.checked : !field.value);
        }
        const first = box && box.querySelector(".dl-evidence");
        if (first) {
            box.scrollTop = first.offsetTop - box.offsetTop - 40;
        }
    };
    window.addEventListener("load", start);
}
