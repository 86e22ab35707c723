export { type JoinFacts, describeJoin } from './describeJoin';
