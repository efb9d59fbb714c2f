// Swagger UI on the description that the page names; nothing is fetched from anywhere else.
"use strict";

// Swagger UI fills its form with every example of a parameter, and no question has all of them.
function withExamplesTold(schema) {
  for (const path of Object.values(schema.paths)) {
    for (const parameter of path.get?.parameters ?? []) {
      if (parameter.in !== "query" || !("example" in parameter)) continue;
      parameter.description = `${parameter.description ?? ""} For example \`${[parameter.example].flat().join(",")}\`.`;
      delete parameter.example;
    }
  }
  return schema;
}

const docs = document.getElementById("docs");
fetch(docs.dataset.schema)
  .then((answer) => answer.json())
  .then((schema) => SwaggerUIBundle({ domNode: docs, spec: withExamplesTold(schema), deepLinking: true, validatorUrl: "none" }));
