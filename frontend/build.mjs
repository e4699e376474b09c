// Builds src/werkplaats/site/static/site/built/ (git-ignored): site.css, site.js, fonts/.
// Run:  npm ci --ignore-scripts && node frontend/build.mjs   (about a second)
//
// The component CSS of the Dutch design system is trimmed to the classes our templates
// name, and its tokens to those that the remaining rules lead to. Our own files are
// small and go in whole: a layout class used for the first time works without a rebuild.
// Cascade layers keep our choices above theirs without a fight over specificity.

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, "node_modules");
const source = join(root, "src", "werkplaats");
const target = join(source, "site", "static", "site", "built");
const read = (...parts) => readFileSync(join(...parts), "utf8");

/** Our style sheets in the order of the cascade; each names its own layer. */
const sheets = ["fonts", "tokens", "base", "layout", "header", "actions", "forms", "cards", "notices", "lists",
  "facets", "details", "tiles", "map", "question", "coverage", "written", "concepts", "region", "programme", "research", "trail", "gallery", "print", "sheet"];
const scripts = ["draft", "copy", "menu", "map", "print"];

/** Font files, the ranges of characters they serve (so that most pages fetch two). */
const fonts = [
  ["bricolage-grotesque", "latin-wght-normal"], ["bricolage-grotesque", "latin-ext-wght-normal"],
  ["source-sans-3", "latin-wght-normal"], ["source-sans-3", "latin-ext-wght-normal"],
  ["source-sans-3", "latin-wght-italic"],
];

/** Everything in which a class name can stand: templates and Python, nothing else. */
function named() {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => path.endsWith(".py") || (path.endsWith(".html") && path.includes("/templates/")));
}

async function designSystem() {
  const css = read(packages, "@utrecht/component-library-css/dist/index.css");
  const [purged] = await new PurgeCSS().purge({
    css: [{ raw: css }],
    content: named(),
    // Words of templates ("table", "active", "button") are not meant as classes of the design system.
    defaultExtractor: (text) => text.match(/utrecht-[\w-]+|\b(?:a|button|input|select|textarea|label|fieldset|legend)\b/g) ?? [],
    keyframes: true,
  });
  return purged.css.replace(/@charset[^;]+;/g, "");
}

/** The design tokens that `css` uses, directly or through another token. */
function tokens(css) {
  const values = new Map();
  const text = read(packages, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css");
  for (const [, name, value] of text.matchAll(/^\s*(--[\w-]+):\s*(.+);$/gm)) values.set(name, value);
  const wanted = new Set();
  const follow = (value) => {
    for (const [name] of value.matchAll(/--[\w-]+/g)) {
      if (wanted.has(name) || !values.has(name)) continue;
      wanted.add(name);
      follow(values.get(name));
    }
  };
  follow(css);
  return `:root{${[...wanted].map((name) => `${name}:${values.get(name)};`).join("")}}`;
}

/** @font-face rules of the chosen files, taken from the packages with our address. */
function fontFaces() {
  mkdirSync(join(target, "fonts"), { recursive: true });
  return fonts.map(([family, part]) => {
    const name = `${family}-${part}.woff2`;
    const folder = join(packages, "@fontsource-variable", family);
    cpSync(join(folder, "files", name), join(target, "fonts", name));
    const sheet = read(folder, part.endsWith("italic") ? "wght-italic.css" : "wght.css");
    const rule = sheet.match(/@font-face\s*{[^}]*}/g).find((text) => text.includes(`/${name})`));
    return rule.replace(`./files/${name}`, `./fonts/${name}`);
  }).join("\n");
}

function minified(name, css) {
  const { code, warnings } = transform({
    filename: name,
    code: Buffer.from(css),
    minify: true,
    // Browsers of the last four years; nesting and ranges are written out for the older of them.
    targets: { chrome: 109 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) },
  });
  for (const warning of warnings) console.warn(`${name}: ${warning.message} (line ${warning.loc?.line})`);
  return code;
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const own = sheets.map((name) => read(root, "frontend", "css", `${name}.css`)).join("\n");
const theirs = await designSystem();
const css = minified("site.css", `
@layer base, vendor, tokens, layout, components, print;
${fontFaces()}
@layer vendor { ${tokens(theirs + own)} ${theirs} }
${own}`);
writeFileSync(join(target, "site.css"), css);

// Each script is a block of its own; together they are too small to be worth a minifier.
const js = scripts.map((name) => `{\n${read(root, "frontend", "js", `${name}.js`)}}\n`).join("");
writeFileSync(join(target, "site.js"), `"use strict";\n${js}`);
// The style sheet holds EUPL parts and the fonts are under the OFL: their texts travel along.
for (const [from, to] of [["@utrecht/component-library-css/LICENSE.md", "LICENSE-utrecht.md"],
  ["@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md", "LICENSE-tokens.md"],
  ["@fontsource-variable/bricolage-grotesque/LICENSE", "fonts/LICENSE-bricolage-grotesque.txt"],
  ["@fontsource-variable/source-sans-3/LICENSE", "fonts/LICENSE-source-sans-3.txt"]]) {
  cpSync(join(packages, from), join(target, to));
}
console.log(`${relative(root, target)}: site.css ${(css.length / 1024).toFixed(1)} kB, site.js ${(js.length / 1024).toFixed(1)} kB`);
