// Stands in bash.js for what an isolate can't have: the commands that need it are not registered.
const refuse = () => {
  throw new Error("not supported");
};
export const constants = {};
export const gunzipSync = refuse;
export const gzipSync = refuse;
export default refuse;
