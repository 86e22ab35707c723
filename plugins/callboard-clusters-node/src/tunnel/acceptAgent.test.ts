import {
  PROTOCOL,
  PURPOSES,
  generateKeys,
  helloText,
  signText,
} from '@callboard/tunnel';
import type { AgentRegistry } from './AgentRegistry';
import { acceptAgent, createChallenge } from './acceptAgent';

const NOW = new Date('2026-11-20T10:00:00Z');
const agent = generateKeys();
const hub = generateKeys();

/** A cluster whose agent has joined. */
const registry = {
  find: async () => ({ state: 'joined', agentKey: agent.publicKey }),
} as unknown as AgentRegistry;

/** What an agent of that protocol says to a hub that speaks these. */
function greet(protocol: number, protocols: number[]) {
  const challenge = { ...createChallenge(hub), protocols };
  const hello = {
    protocol,
    cluster: 'edge-1',
    agentKey: agent.publicKey,
    agentVersion: '0.1.0',
  };
  const text = helloText(challenge, hello);
  const signature = signText(agent.privateKey, PURPOSES.hello, text);
  return acceptAgent({ kind: 'hello', ...hello, signature }, challenge, {
    registry,
    now: NOW,
  });
}

it.each([
  { name: 'the same', protocol: PROTOCOL, spoken: [PROTOCOL], taken: true },
  {
    name: 'the one before, which a newer hub still speaks',
    protocol: PROTOCOL,
    spoken: [PROTOCOL, PROTOCOL + 1],
    taken: true,
  },
  {
    name: 'one that the hub does not speak any more',
    protocol: PROTOCOL,
    spoken: [PROTOCOL + 1],
    taken: false,
  },
  {
    name: 'one that the hub does not speak yet',
    protocol: PROTOCOL + 1,
    spoken: [PROTOCOL],
    taken: false,
  },
])('protocol of an agent: $name', async ({ protocol, spoken, taken }) => {
  const accepted = await greet(protocol, spoken);
  expect(accepted.ok || accepted.code).toBe(taken || 'protocol-unknown');
});
