/** https://www.w3.org/ns/credentials/examples/v2, byte for byte. Licence: W3C Software and Document License. */
export default `{
  "@context": {
    "@vocab": "https://www.w3.org/ns/credentials/examples#"
  }
}
`;
