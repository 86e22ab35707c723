// Reads the situations that Argo CD publishes: objects of a cluster, and the health it says they have.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';

const TESTS_OF_KIND = 'health_test.yaml';
const TESTS_OF_ENGINE = 'health_test.go';

/**
 * All situations below a folder, in order of their files.
 *
 * Two layouts are known: `GROUP/KIND/health_test.yaml` beside `testdata` (`resource_customizations` of Argo CD), and
 * `health_test.go` beside `testdata` (its engine, for kinds of Kubernetes itself).
 *
 * @returns `{ group, kind, file, input, status }`; what names a file that is not there is answered in `missing`
 */
export function readSituations(folder) {
  const found = listTests(folder).flatMap(file =>
    file.endsWith(TESTS_OF_ENGINE)
      ? situationsOfEngine(file)
      : situationsOfKind(folder, file),
  );
  return {
    situations: found.filter(({ file }) => existsSync(file)),
    missing: found.filter(({ file }) => !existsSync(file)),
  };
}

function listTests(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() && [TESTS_OF_KIND, TESTS_OF_ENGINE].includes(entry.name),
    )
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function situationsOfKind(folder, file) {
  const place = relative(folder, dirname(file)).split('/');
  const { tests } = parse(readFileSync(file, 'utf8'));
  return tests.map(({ healthStatus, inputPath, inputpath }) => {
    const input = inputPath ?? inputpath; // their reader does not mind the case, and some files use it
    return {
      group: (place.at(-2) ?? '').replace(/^_/, '*'),
      kind: place.at(-1).replace(/^_$/, '*'),
      input,
      file: join(dirname(file), input),
      status: healthStatus.status,
    };
  });
}

/**
 * The engine's tests are a program; what they state about files is read from it. Where they state that there is no
 * health, the engine speaks for itself alone: Argo CD ships a rule for these kinds beside it.
 */
function situationsOfEngine(file) {
  const statements = readFileSync(file, 'utf8').matchAll(
    /assertAppHealth\(t, "([^"]+)", HealthStatus(\w+)\)/g,
  );
  return [...statements].map(([, input, status]) => ({
    group: '(engine)',
    kind: input.split('/').at(-1).split(/[-.]/)[0],
    input,
    file: join(dirname(file), input),
    status,
  }));
}
