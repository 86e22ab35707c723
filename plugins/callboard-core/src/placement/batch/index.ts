export { type BatchApp, type BatchInput, decideBatch } from './decideBatch';
