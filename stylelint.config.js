/** Lints of the style sheets (`make check`). One rule a line, as a table that is read by its left column. */

export default {
  extends: ["stylelint-config-standard"],
  ignoreFiles: [".venv/**", "var/**"],
  reportNeedlessDisables: true,
  rules: {
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "declaration-block-single-line-max-declarations": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
    // Older browsers of citizens know no other.
    "media-feature-range-notation": "prefix",
    // :not(:a):not(:b) counts two classes, as govuk-frontend does; :not(:a, :b) counts one and would lose against it.
    "selector-not-notation": null,
    // block__element--modifier
    "selector-class-pattern": "^[a-z]+(-[a-z]+)*(__[a-z]+(-[a-z]+)*)?(--[a-z]+(-[a-z]+)*)?$",
    // Rules stand beside what they are about, not in the order of their weight.
    "no-descending-specificity": null,
  },
};
