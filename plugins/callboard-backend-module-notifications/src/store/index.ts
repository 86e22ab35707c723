export { NotifiedNeeds } from './NotifiedNeeds';
