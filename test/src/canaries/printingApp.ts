import { shopFiles } from '../../browser/support/shopFiles';

/** What an app does that tells everybody what it was given, in every form that programs write. */
const PRINT = `const given = Object.entries(process.env).filter(([name]) =>
  /^(?:SETTING_|PAY_URL)/.test(name),
);
for (const [name, value] of given) {
  console.log(name, value);
  console.error(JSON.stringify({ name, value }));
  console.log(JSON.stringify(JSON.stringify({ value })));
  console.log(encodeURIComponent(value), String(new URLSearchParams({ value })));
  for (const before of ['', 'a', 'ab', 'user:']) {
    const bytes = Buffer.from(before + value);
    console.log('Basic', bytes.toString('base64'), bytes.toString('base64url'));
  }
}
`;

/** The shop, which reads secrets by their names and prints them; one that ends does so with one in its last words. */
export function printingApp(
  names: readonly string[],
  { ends = false } = {},
): Record<string, string> {
  const files = shopFiles('shop', 'printing');
  const variables = [
    ...names.map(name => `${name}: "\${resources.vault.${name}}"`),
    'DATABASE_URL: "${resources.db.url}"', // of its own database, which it prints nowhere
    `PAY_URL: "https://shop:\${resources.vault.${names[0]}}@pay.example.com"`,
  ];
  return {
    'score.yaml': files['score.yaml']
      .replace(
        'image: .',
        `image: .\n    variables: { ${variables.join(', ')} }`,
      )
      .concat(
        'resources: { vault: { type: secret }, db: { type: postgres } }\n',
      ),
    'server.js': `${PRINT}${
      ends
        ? 'throw new Error(`no answer from ${process.env.PAY_URL}`);\n'
        : files['server.js']
    }`,
  };
}
