import { readAgentUrl } from './readAgentUrl';

const notify = (text: string) => {
  const read = readAgentUrl(text);
  if (!read.ok) return read.problem.code;
  return `${read.value.url}${read.value.isPlain ? ' plain' : ''}`;
};

it.each([
  ['https://portal.example.com', 'https://portal.example.com'],
  ['https://portal.example.com/base/', 'https://portal.example.com/base'],
  ['http://localhost:7007', 'http://localhost:7007 plain'],
  ['http://127.0.0.1:7007', 'http://127.0.0.1:7007 plain'],
  ['http://[::1]:7007', 'http://[::1]:7007 plain'],
  ['http://10.199.255.1:7007', 'http://10.199.255.1:7007 plain'],
  ['http://172.31.0.1', 'http://172.31.0.1 plain'],
  ['http://[fd00::1]', 'http://[fd00::1] plain'],
  ['http://172.32.0.1', 'agent-url-insecure'],
  ['http://8.8.8.8', 'agent-url-insecure'],
  ['http://169.254.169.254', 'agent-url-insecure'],
  ['http://portal.example.com', 'agent-url-insecure'],
  ['http://localhost.example.com', 'agent-url-insecure'],
  ['http://10.0.0.1.example.com', 'agent-url-insecure'],
  ['ws://10.0.0.1', 'agent-url-invalid'],
  ['https://user:pass@portal.example.com', 'agent-url-invalid'],
  ['https://portal.example.com?a=b', 'agent-url-invalid'],
  ['portal', 'agent-url-invalid'],
])('%s: %s', (text, expected) => {
  expect(notify(text)).toBe(expected);
});

it('repeats no credentials', () => {
  expect(JSON.stringify(readAgentUrl('https://me:secret@x'))).not.toContain(
    'secret',
  );
});
