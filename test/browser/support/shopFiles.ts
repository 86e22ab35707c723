/** A small web shop as a developer would push it; `answer` is what its URL says. */
export function shopFiles(
  name: string,
  answer: string,
): Record<string, string> {
  return {
    'score.yaml': `apiVersion: score.dev/v1b1
metadata:
  name: ${name}
containers:
  web:
    image: .
    readinessProbe:
      httpGet: { path: /, port: 8080 }
service:
  ports:
    web: { port: 80, targetPort: 8080 }
`,
    'package.json': JSON.stringify(
      { name, private: true, scripts: { start: 'node server.js' } },
      null,
      2,
    ),
    'server.js': workingServer(answer),
  };
}

export function workingServer(answer: string): string {
  return `const { createServer } = require('node:http');
createServer((request, response) => response.end(${JSON.stringify(
    answer,
  )})).listen(process.env.PORT || 8080, () =>
  console.log('shop is open'),
);
`;
}

export const CRASHING_SERVER = `console.log('connecting to the database');
console.error('Error: DATABASE_URL is not set');
process.exit(3);
`;

/** The shop with what it does in production before it opens; pushed code sees nothing of this machine. */
export function beforeOpening(
  inProduction: string,
  answer: string,
): Record<string, string> {
  return {
    'score.yaml': shopFiles('shop', '')
      ['score.yaml'].replace(
        'image: .',
        'image: .\n    variables: { STAGE: "${resources.env.name}" }',
      )
      .concat('resources: { env: { type: environment } }\n'),
    'server.js': `function open() {
  ${workingServer(answer)}
}
if (process.env.STAGE !== 'prod') open();
else {
  ${inProduction}
}`,
  };
}
