// Makes of JupyterLab's npm packages what a Jupyter server shows as JupyterLab: node build.js
// Beside this file come static/ (the page), schemas/ (the settings that the parts have) and themes/.
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = import.meta.dirname;
const require = createRequire(import.meta.url);
const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const parts = Object.keys(dependencies).filter(name => name.endsWith("-extension"));

function described(name) {
  const place = join(folder, "node_modules", name);
  return { name, place, ...JSON.parse(readFileSync(join(place, "package.json"), "utf8")) };
}

// Each part is an import: its plugins, and where it says so, its style sheets.
function entry() {
  const lines = ["import { start } from './start.js';", "import '@jupyterlab/application/style/index.js';"];
  const plugins = [], renderers = [];
  parts.map(described).forEach(({ name, jupyterlab, styleModule }, number) => {
    if (styleModule && !jupyterlab.themePath) { lines.push(`import '${name}/${styleModule}';`); }
    for (const [kind, list] of [["extension", plugins], ["mimeExtension", renderers]]) {
      if (!jupyterlab[kind]) { continue; }
      const path = jupyterlab[kind] === true ? "" : `/${jupyterlab[kind]}`;
      lines.push(`import * as ${kind}${number} from '${name}${path}';`);
      list.push(`${kind}${number}.default`);
    }
  });
  return [...lines, `start([${plugins}].flat(), [${renderers}].flat());`].join("\n");
}

// An icon that a script imports is its text; one that a style sheet names is a picture. A path behind ~ is a package's.
const assets = {
  name: "assets",
  setup(build) {
    build.onResolve({ filter: /^~/ }, ({ path, kind, resolveDir }) => build.resolve(path.slice(1), { kind, resolveDir }));
    build.onLoad({ filter: /\.raw\.css$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8"), loader: "text" }));
    build.onResolve({ filter: /\.svg$/ }, ({ kind, path, resolveDir }) =>
      kind === "url-token" && path.startsWith(".") ? { path: join(resolveDir, path), namespace: "picture" } : undefined);
    build.onLoad({ filter: /.*/, namespace: "picture" }, ({ path }) => ({ contents: readFileSync(path), loader: "dataurl" }));
  },
};

async function bundle(options) {
  await build({
    bundle: true,
    format: "iife",
    minify: true,
    logLevel: "warning",
    loader: { ".svg": "text", ".md": "text", ".png": "dataurl", ".jpg": "dataurl", ".gif": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".eot": "empty" },
    alias: { path: require.resolve("path-browserify") },
    define: { global: "globalThis", __dirname: "'/'", "process.env.NODE_ENV": "'production'", "process.env": "{}", "process.cwd": "String" },
    plugins: [assets],
    ...options,
  });
}

mkdirSync(join(folder, "static"), { recursive: true });
await bundle({ stdin: { contents: entry(), resolveDir: folder }, outfile: join(folder, "static", "page.js") });
writeFileSync(join(folder, "static", "index.html"), readFileSync(join(folder, "page.html")));
for (const { name, place, jupyterlab } of parts.map(described)) {
  if (jupyterlab.schemaDir) {
    const schemas = join(folder, "schemas", name);
    cpSync(join(place, jupyterlab.schemaDir), schemas, { recursive: true });
    cpSync(join(place, "package.json"), join(schemas, "package.json.orig"));
  }
  if (jupyterlab.themePath) {
    const style = join(place, jupyterlab.themePath);
    if (!existsSync(style)) { throw new Error(`${name} has no ${jupyterlab.themePath}.`); }
    await bundle({ entryPoints: [style], outfile: join(folder, "themes", name, "index.css") });
  }
}
