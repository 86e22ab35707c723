// How the fuzzer is bundled: the product's own code and its YAML reader tell, at
// every branch, that they were reached; other packages are used as installed.
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
// eslint-disable-next-line @backstage/no-undeclared-imports -- the root's own
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const OURS = /^(?:plugins|packages)\/[^/]+\/src\/|^node_modules\/yaml\//;
const BUNDLED = /^(?:@callboard\/|yaml$)/;

const COUNTER = `
const __seen = new Uint8Array(1 << 20);
globalThis.__branches = 0;
function __reached(n) {
  if (__seen[n] === 1) return;
  __seen[n] = 1;
  globalThis.__branches += 1;
}
globalThis.__wasReached = n => __seen[n] === 1;`;

/** Options for esbuild; `places` is filled while it works: `file:line` of each branch. */
export function fuzzBuild(places) {
  return {
    banner: { js: COUNTER },
    plugins: [
      {
        name: 'reached',
        setup(build) {
          build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
            if (kind === 'entry-point' || BUNDLED.test(path)) return undefined;
            if (isBuiltin(path)) return { path, external: true };
            const found = createRequire(importer).resolve(path);
            return { path: found, external: true };
          });
          build.onLoad({ filter: /\.(?:ts|js)$/ }, ({ path }) => {
            const file = relative(root, path);
            if (!OURS.test(file)) return undefined;
            const source = readFileSync(path, 'utf8');
            return { contents: describeBranches(source, { file, places }) };
          });
        },
      },
    ],
  };
}

/** The code, with a call of `__reached(n)` at the begin of every branch. */
function describeBranches(source, { file, places }) {
  const { factory } = ts;
  const call = node => {
    const { line } = ts.getLineAndCharacterOfPosition(
      node.getSourceFile(),
      node.getStart(),
    );
    places.push(`${file}:${line + 1}`);
    return factory.createCallExpression(
      factory.createIdentifier('__reached'),
      undefined,
      [factory.createNumericLiteral(places.length - 1)],
    );
  };
  const reported = (node, visited) =>
    factory.createParenthesizedExpression(
      factory.createComma(call(node), visited),
    );
  const statement = node => factory.createExpressionStatement(call(node));
  const SHORT = [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ];
  const transformer = context => sourceFile => {
    function visit(node) {
      const visited = ts.visitEachChild(node, visit, context);
      if (ts.isBlock(node))
        return factory.updateBlock(visited, [
          statement(node),
          ...visited.statements,
        ]);
      if (ts.isCaseClause(node))
        return factory.updateCaseClause(visited, visited.expression, [
          statement(node),
          ...visited.statements,
        ]);
      if (ts.isDefaultClause(node))
        return factory.updateDefaultClause(visited, [
          statement(node),
          ...visited.statements,
        ]);
      if (ts.isIfStatement(node) && !ts.isBlock(node.thenStatement))
        return factory.updateIfStatement(
          visited,
          visited.expression,
          factory.createBlock([
            statement(node.thenStatement),
            visited.thenStatement,
          ]),
          visited.elseStatement,
        );
      if (ts.isArrowFunction(node) && !ts.isBlock(node.body))
        return factory.updateArrowFunction(
          visited,
          visited.modifiers,
          visited.typeParameters,
          visited.parameters,
          visited.type,
          visited.equalsGreaterThanToken,
          reported(node.body, visited.body),
        );
      if (ts.isConditionalExpression(node))
        return factory.updateConditionalExpression(
          visited,
          visited.condition,
          visited.questionToken,
          reported(node.whenTrue, visited.whenTrue),
          visited.colonToken,
          reported(node.whenFalse, visited.whenFalse),
        );
      if (
        ts.isBinaryExpression(node) &&
        SHORT.includes(node.operatorToken.kind)
      )
        return factory.updateBinaryExpression(
          visited,
          visited.left,
          visited.operatorToken,
          reported(node.right, visited.right),
        );
      return visited;
    }
    return ts.visitNode(sourceFile, visit);
  };
  return ts.transpileModule(source, {
    fileName: join(root, file),
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      allowJs: true,
    },
    transformers: { before: [transformer] },
  }).outputText;
}
