import xml.sax
import xml.sax.handler
from xml.sax.handler import feature_external_ges, feature_external_pes

parser = xml.sax.make_parser()
# ruleid: python-sax-external-entities
parser.setFeature(xml.sax.handler.feature_external_ges, False)
# ruleid: python-sax-external-entities
parser.setFeature(feature_external_ges, False)
# ruleid: python-sax-external-entities
parser.setFeature(feature_external_pes, False)

# ok: python-sax-external-entities
parser.setFeature(xml.sax.handler.feature_external_ges, False)
# ok: python-sax-external-entities
parser.setFeature(feature_external_pes, 0)
# ok: python-sax-external-entities
parser.setFeature(xml.sax.handler.feature_namespaces, True)
# ok: python-sax-external-entities
parser.parse(path)
