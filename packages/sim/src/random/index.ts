export { type Random, hashText, seededRandom } from './Random';
