import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { runCommand } from '../runCommand';

const PAGE = readFileSync(
  join(__dirname, '../../../../docs/images-elsewhere.md'),
  'utf8',
);
const DIGEST = `sha256:${'a'.repeat(64)}`;
const SCORE = `apiVersion: score.dev/v1b1
metadata: { name: shop }
containers: { web: { image: . } }
`;
/** What the steps before put into variables. */
const VARIABLES: Record<string, string> = {
  IMAGE: 'registry.example.com/acme/shop',
  DIGEST,
};

function blocks(language: string): string[] {
  return [...PAGE.matchAll(/^```(\w+)\n([^`]*)^```$/gm)]
    .filter(([, each]) => each === language)
    .map(([, , text]) => text);
}

/** Every command line of the page that releases, as a shell would pass it on. */
function commands(): Array<{ line: string; args: string[] }> {
  const text = PAGE.replaceAll(/ \\\n +/g, ' ').replaceAll('sha256:…', DIGEST);
  const lines = [...text.matchAll(/^[ -]*callboard (release .*)$/gm)];
  return lines.map(([, line]) => ({
    line,
    args: line.split(' ').map(each => {
      const whole = each.replaceAll('"', '');
      const value = whole.replaceAll(/\$(\w+)/g, (_, name) => VARIABLES[name]);
      return value.endsWith(VARIABLES.IMAGE) ? `${value}@${DIGEST}` : value;
    }),
  }));
}

/** A job of a CI in front of a portal that notes what it is asked. */
class JobIo extends MemoryIo {
  readonly sent: Array<{ url: string; body: unknown; headers: unknown }> = [];

  env(name: string): string | undefined {
    return {
      CALLBOARD_TOKEN: 'cbt_0123456789',
      CALLBOARD_PORTAL: 'https://portal.example.com',
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: '1a2b3c4d5e6f',
      CI_JOB_URL: 'https://gitlab.example/acme/shop/-/jobs/9',
    }[name];
  }

  async ask(url: string, { body, headers }: RequestInit): Promise<Response> {
    this.sent.push({ url, headers, body: body && JSON.parse(String(body)) });
    return new Response(body ? '{"number":1}' : '');
  }
}

describe('docs/images-elsewhere.md', () => {
  it('has YAML that CIs can read', () => {
    const [github, gitlab] = blocks('yaml').map(text => parse(text));
    expect(Object.keys(github.jobs)).toEqual(['release']);
    expect(github.jobs.release.steps).toHaveLength(5);
    expect(gitlab.release.script.at(-1)).toContain('callboard release');
    expect(blocks('json').map(text => JSON.parse(text))).toHaveLength(1);
    expect(blocks('groovy')).toHaveLength(1);
  });

  it('has a command in each of its snippets', () => {
    expect(commands()).toHaveLength(4);
  });

  it.each(commands())(
    'asks what the command takes: $line',
    async ({ args }) => {
      const io = new JobIo({
        'score.yaml': SCORE,
        'provenance.json': '{"_type":"x"}',
      });
      expect([await runCommand(args, io), io.errLines]).toEqual([0, []]);
      const [{ url, body, headers }] = io.sent;
      expect(url).toBe(
        'https://portal.example.com/api/callboard/v1/apps/shop/releases',
      );
      expect(body).toMatchObject({
        files: { 'score.yaml': SCORE },
        images: { web: expect.stringMatching(/^[^@]+@sha256:a{64}$/) },
        revision: {
          commit: expect.stringMatching(/^1a2b3c4/),
          run: 'https://gitlab.example/acme/shop/-/jobs/9',
        },
      });
      expect(headers).toMatchObject({
        authorization: 'Bearer cbt_0123456789',
        'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    },
  );
});
