import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../../docs/walks');
const STEP = /^(\d+)\. (\*then\* )?\[`(\w+)`\]\((\S+)\) (.+)$/;

interface Step {
  number: number;
  startsByItself: boolean;
  name: string;
  file: string;
  sentence: string;
}

describe.each(readdirSync(FOLDER).filter(file => file !== 'README.md'))(
  'the walk %s',
  file => {
    const path = join(FOLDER, file);
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter(line => /^\d/.test(line));
    const steps = lines.map(line => readStep(line, path));

    it('has numbered steps with a sentence each', () => {
      expect(steps.length).toBeGreaterThan(5);
      expect(steps.map(({ number }) => number)).toEqual(
        steps.map((_, index) => index + 1),
      );
    });

    it('names what is there', () => {
      expect(steps.filter(step => !declares(step))).toEqual([]);
    });

    it('goes where the code goes', () => {
      const broken = steps
        .slice(1)
        .filter(({ startsByItself }) => !startsByItself)
        .filter(({ number, name }) => {
          const before = steps[number - 2];
          return !new RegExp(`\\b${name}\\b`).test(
            readFileSync(before.file, 'utf8'),
          );
        });
      expect(broken).toEqual([]);
    });
  },
);

function readStep(line: string, walk: string): Step {
  const [, number, then, name, file, sentence] = STEP.exec(line) ?? [];
  if (!file) throw new Error(`This is no step: ${line}`);
  return {
    number: Number(number),
    startsByItself: then !== undefined,
    name,
    file: resolve(dirname(walk), file),
    sentence,
  };
}

function declares({ name, file }: Step): boolean {
  return (
    existsSync(file) &&
    new RegExp(`export (?:async )?(?:function\\*?|class) ${name}\\b`).test(
      readFileSync(file, 'utf8'),
    )
  );
}
