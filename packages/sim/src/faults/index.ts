export { drawFate, type Fault, type RequestFate } from './Fault';
