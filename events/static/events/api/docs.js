// Swagger UI on the description that the page names; nothing is fetched from anywhere else.
"use strict";

const docs = document.getElementById("docs");
SwaggerUIBundle({ domNode: docs, url: docs.dataset.schema, deepLinking: true, validatorUrl: "none" });
