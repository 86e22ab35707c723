import { LineMask } from './LineMask';

const noSecrets = <T>(value: T) => value;

function hide(mask: LineMask, lines: string[]): string[] {
  const work = mask.hide(lines, noSecrets);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const BEGIN = '-----BEGIN RSA PRIVATE KEY-----';
const END = '-----END RSA PRIVATE KEY-----';

describe('what is secret in lines that come in parts', () => {
  it('is a key over three parts', () => {
    const mask = new LineMask();
    expect(hide(mask, ['one', BEGIN, 'MIIB'])).toEqual(['one', '***', '***']);
    expect(hide(mask, ['AQAB', 'CCCC'])).toEqual(['***', '***']);
    expect(hide(mask, ['DDDD', END, 'two'])).toEqual(['***', '***', 'two']);
    expect(hide(mask, ['three'])).toEqual(['three']);
  });

  it('is a key that ends with its part', () => {
    const mask = new LineMask();
    expect(hide(mask, [BEGIN, 'MIIB', END])).toEqual(['***', '***', '***']);
    expect(hide(mask, ['after'])).toEqual(['after']);
  });

  it('is a key that began before the first line', () => {
    expect(hide(new LineMask(), ['MIIB', END, 'after'])).toEqual([
      '***',
      '***',
      'after',
    ]);
  });

  it('is no more than a key is long, where none ends', () => {
    const mask = new LineMask();
    hide(mask, [BEGIN]);
    for (let part = 0; part < 20; part += 1) hide(mask, Array(10).fill('said'));
    expect(hide(mask, ['said'])).toEqual(['said']);
  });

  it('is looked for in turns', () => {
    const work = new LineMask().hide(
      Array(40).fill('x'.repeat(4_000)),
      noSecrets,
    );
    expect(work.next().done).toBe(false);
  });
});
