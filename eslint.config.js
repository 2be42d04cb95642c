/** Lints of the page's scripts (`make check`). Types are tsc's business: tsconfig.json. */

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", "var/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-console": "error",
      // Words of a person never become markup.
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }],
    },
  },
  { files: ["web/js/**", "bench/**", "deploy/**"], languageOptions: { globals: { ...globals.browser, htmx: "readonly" } } },
  // One expression, evaluated in the page that is tried.
  { files: ["bench/demo/keyboard.js"], rules: { "no-unused-expressions": "off" } },
];
